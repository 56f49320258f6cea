import type { Database } from './database.js';
import { hasEvents } from './events.js';

/**
 * Takes away what makes inserting many events slow, and returns the function that puts it back. Both must run inside one
 * transaction, which nobody else sees or writes to.
 *
 * - The trigger against replacing: it makes SQLite note the pages of each insert, so that it can be taken back alone. A plain
 *   INSERT replaces nothing.
 * - In a store without events, the index by subject: its order is not that of the events, so that sorting once is quicker. Until it
 *   is back, the events of a subject are not to be looked up.
 */
export function beginBulkInsert(database: Database): () => void {
  const { sqlite } = database;
  const restore: string[] = [];
  const drop = (type: 'trigger' | 'index', name: string) => {
    const sql = 'SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?';
    const found = database.statement<[string, string], { readonly sql: string }>(sql).get(type, name);
    if (!found) return;
    sqlite.exec(`DROP ${type} ${name}`);
    restore.push(found.sql);
  };
  drop('trigger', 'event_is_never_replaced');
  if (!hasEvents(database)) drop('index', 'event_by_subject');
  return () => {
    for (const sql of restore) sqlite.exec(sql);
  };
}
