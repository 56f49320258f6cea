/** What commands worked out before. It saves time alone: nothing is lost with it, and a failure to keep it is none. */
import { AppError } from '../errors.js';
import type { Database } from './database.js';
import type { DerivedCache, DerivedFrom } from './store.js';

/** The rows stand in the cache of curricula, under names that no folder has. */
const prefix = 'derived:';

export function createDerivedCache(database: Database, guard: <T>(body: () => T) => T) {
  const waiting = new Map<string, Derived>();
  const cache: DerivedCache = {
    read: (name, from) =>
      guard(() => {
        const sql = 'SELECT json FROM curriculum_cache WHERE key = ? AND fingerprint = ?';
        return database.statement<[string, string], { json: string }>(sql).get(prefix + name, fingerprint(from))?.json;
      }),
    keep: (name, from, json) => waiting.set(name, { from, json }),
  };
  /** Writes what was to be kept, and drops what was worked out from something else. */
  const settle = () => {
    if (waiting.size === 0) return;
    try {
      guard(() => {
        // Whoever holds the store is not waited for.
        database.sqlite.pragma('busy_timeout = 0');
        database.transaction(() => writeAll(database, waiting));
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    waiting.clear();
  };
  return { cache, settle };
}

interface Derived {
  readonly from: DerivedFrom;
  readonly json: string;
}

function fingerprint({ moment, content }: DerivedFrom): string {
  return `${moment} ${content}`;
}

function writeAll(database: Database, rows: ReadonlyMap<string, Derived>): void {
  const outdated = database.statement<[{ readonly moment: string }], never>(
    `DELETE FROM curriculum_cache
      WHERE key GLOB '${prefix}*' AND substr(fingerprint, 1, length(@moment) + 1) <> @moment || ' '`,
  );
  const insert = database.statement<[string, string, string], never>(
    'INSERT OR REPLACE INTO curriculum_cache (key, fingerprint, json) VALUES (?, ?, ?)',
  );
  for (const [name, { from, json }] of rows) {
    outdated.run({ moment: from.moment });
    insert.run(prefix + name, fingerprint(from), json);
  }
}
