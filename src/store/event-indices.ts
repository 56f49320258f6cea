import type { Database } from './database.js';
import { hasEvents } from './events.js';

/**
 * Leaves the indices of events out until many have been inserted into a store that has none: making them at once takes
 * less than half of the time. Must run inside a transaction, in which the function that it returns makes them; until then events
 * are found by their id alone.
 */
export function deferEventIndices(database: Database): () => void {
  const { sqlite } = database;
  const sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event' AND sql IS NOT NULL";
  const all = database.statement<[], { readonly name: string; readonly sql: string }>(sql).all();
  const indices = hasEvents(database) ? [] : all;
  for (const { name } of indices) sqlite.exec(`DROP INDEX "${name}"`);
  return () => {
    // Sorting a long history in memory would take a good part of it.
    sqlite.pragma('temp_store = DEFAULT');
    for (const index of indices) sqlite.exec(index.sql);
  };
}
