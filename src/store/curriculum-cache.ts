import type { Database } from './database.js';
import type { CachedCurriculum } from './store.js';

export function readCachedCurriculum(database: Database, key: string): CachedCurriculum | undefined {
  const sql = 'SELECT fingerprint, json FROM curriculum_cache WHERE key = ?';
  return database.statement<[string], CachedCurriculum>(sql).get(key);
}

export function writeCachedCurriculum(database: Database, key: string, cached: CachedCurriculum): void {
  const sql = 'INSERT OR REPLACE INTO curriculum_cache (key, fingerprint, json) VALUES (?, ?, ?)';
  database.statement<[string, string, string], never>(sql).run(key, cached.fingerprint, cached.json);
}
