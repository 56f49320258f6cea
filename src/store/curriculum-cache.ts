import type { CurriculumCache, KeptParts, KeptReading } from '../core/curriculum/cache.js';
import type { Database } from './database.js';

/** The cache of curricula in the store's own file. */
export function createCurriculumCache(database: Database, guard: <T>(body: () => T) => T): CurriculumCache {
  const change = (body: () => void) => guard(() => database.transaction(body));
  return {
    read: (key) => guard(() => readReading(database, key)),
    piece: (key, version, name) => guard(() => readPiece(database, [key, version, name])),
    pieces: (key, version, prefix) => guard(() => readPieces(database, { key, version, prefix })),
    write: (key, reading, parts) => change(() => writeReading(database, key, reading, parts)),
    forget: (key) => change(() => forgetReading(database, key)),
  };
}

function readReading(database: Database, key: string): KeptReading | undefined {
  const sql = 'SELECT fingerprint, json FROM curriculum_cache WHERE key = ?';
  return database.statement<[string], KeptReading>(sql).get(key);
}

type Place = readonly [key: string, version: string, name: string];

function readPiece(database: Database, place: Place): string | undefined {
  const sql = 'SELECT json FROM curriculum_part WHERE key = ? AND version = ? AND name = ?';
  return database.statement<[...Place], { json: string }>(sql).get(...place)?.json;
}

function readPieces(database: Database, named: { key: string; version: string; prefix: string }): readonly string[] {
  const sql = `SELECT json FROM curriculum_part
    WHERE key = @key AND version = @version AND substr(name, 1, length(@prefix)) = @prefix ORDER BY rowid`;
  return database
    .statement<[typeof named], { json: string }>(sql)
    .all(named)
    .map(({ json }) => json);
}

function writeReading(database: Database, key: string, { fingerprint, json }: KeptReading, parts?: KeptParts): void {
  const sql = 'INSERT OR REPLACE INTO curriculum_cache (key, fingerprint, json) VALUES (?, ?, ?)';
  database.statement<[string, string, string], never>(sql).run(key, fingerprint, json);
  if (!parts) return;
  dropOtherFormats(database, key);
  const { version, replaces, pieces } = parts;
  database
    .statement<[string, string], never>('DELETE FROM curriculum_part WHERE key = ? AND version <> ?')
    .run(key, replaces ?? '');
  const insert = database.statement<[...Place, string], never>(
    'INSERT OR REPLACE INTO curriculum_part (key, version, name, json) VALUES (?, ?, ?, ?)',
  );
  for (const [name, piece] of pieces) insert.run(key, version, name, piece);
}

/** What an earlier program kept of the same place. */
function dropOtherFormats(database: Database, key: string): void {
  for (const table of ['curriculum_cache', 'curriculum_part']) {
    const isOther = "substr(key, instr(key, ':') + 1) = substr(@key, instr(@key, ':') + 1) AND key <> @key";
    database.statement<[{ readonly key: string }], never>(`DELETE FROM ${table} WHERE ${isOther}`).run({ key });
  }
}

function forgetReading(database: Database, key: string): void {
  database.statement<[string], never>('DELETE FROM curriculum_cache WHERE key = ?').run(key);
}
