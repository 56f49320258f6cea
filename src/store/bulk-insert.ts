import type { Database } from './database.js';
import { hasEvents } from './events.js';
import { type SchemaPart, takeAway } from './take-away.js';

/**
 * Takes away what makes inserting many events slow, and returns the function that puts it back.
 *
 * - The trigger against replacing: it makes SQLite note the pages of each insert, so that it can be taken back alone. A plain
 *   INSERT replaces nothing.
 * - In a store without events, the index by subject: its order is not that of the events, so that sorting once is quicker. Until it
 *   is back, the events of a subject are not to be looked up.
 */
export function beginBulkInsert(database: Database): () => void {
  const bySubject: SchemaPart = { type: 'index', name: 'event_by_subject' };
  return takeAway(database, [
    { type: 'trigger', name: 'event_is_never_replaced' },
    ...(hasEvents(database) ? [] : [bySubject]),
  ]);
}
