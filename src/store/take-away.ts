import type { Database } from './database.js';

/** Part of the schema of the table `event`. */
export interface SchemaPart {
  readonly type: 'trigger' | 'index';
  readonly name: string;
}

/**
 * Drops parts of the schema that stand in the way, and returns the function that makes them again. Both must run inside one
 * transaction, which nobody else sees or writes to.
 */
export function takeAway(database: Database, parts: readonly SchemaPart[]): () => void {
  const { sqlite } = database;
  const select = database.statement<[string, string], { readonly sql: string }>(
    'SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?',
  );
  const taken = parts.flatMap(({ type, name }) => {
    const found = select.get(type, name);
    if (found) sqlite.exec(`DROP ${type} ${name}`);
    return found ? [found.sql] : [];
  });
  return () => {
    for (const sql of taken) sqlite.exec(sql);
  };
}
