import { isKnownEvent } from '../core/progress/event.js';
import type { Database } from './database.js';
import { type EventRow, toEvent } from './events.js';

/** How many stored events there are of each kind that this version does not know. */
export function unknownKindCounts(database: Database): Readonly<Record<string, number>> {
  // One event of each kind stands for the rest of it.
  const sql = 'SELECT *, count(*) AS count FROM event GROUP BY kind ORDER BY kind';
  const rows = database.statement<[], EventRow & { readonly count: number }>(sql).all();
  return Object.fromEntries(rows.filter((row) => !isKnownEvent(toEvent(row))).map((row) => [row.kind, row.count]));
}
