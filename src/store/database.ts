import type { SqliteDatabase, Statement } from './sqlite.js';

/** An open store file and the statements prepared on it. */
export interface Database {
  readonly sqlite: SqliteDatabase;
  /** The prepared statement, made when first asked for. Row types hold because every table is STRICT. */
  statement<Parameters extends unknown[], Row>(sql: string): Statement<Parameters, Row>;
  /**
   * Runs the body in one immediate transaction: a deferred one that reads and then writes fails under contention
   * whatever the busy timeout.
   */
  transaction<T>(body: () => T): T;
}

export function wrapDatabase(sqlite: SqliteDatabase): Database {
  const statements = new Map<string, Statement<unknown[], unknown>>();
  return {
    sqlite,
    statement<Parameters extends unknown[], Row>(sql: string) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = sqlite.prepare(sql);
        statements.set(sql, statement);
      }
      return statement as unknown as Statement<Parameters, Row>;
    },
    transaction: (body) => sqlite.transaction(body).immediate(),
  };
}

export function readMeta(database: Database, key: string): string | undefined {
  return database.statement<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value;
}

export function writeMeta(database: Database, key: string, value: string): void {
  database.statement<[string, string], never>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}
