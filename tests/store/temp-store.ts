import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { NewEvent, StoredEvent } from '../../src/core/progress/event.js';
import { type Clock, createClock } from '../../src/platform/clock.js';
import { seededRandom, systemRandom } from '../../src/platform/random.js';
import { openStore, type StoreOptions } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';

export const noon = '2026-09-30T12:00:00.000Z';

export function clockAt(iso: string, timeZone = 'UTC'): Clock {
  return createClock({ at: new Date(iso), timeZone });
}

/** A clock that the test moves. */
export function movingClock(iso: string): Clock & { set(iso: string): void } {
  let now = new Date(iso);
  return {
    timeZone: 'UTC',
    now: () => new Date(now),
    studyDay: (instant) => clockAt(iso).studyDay(instant),
    set: (next) => {
      now = new Date(next);
    },
  };
}

/** A folder that is gone when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function storeOptions(folder: string, options: Partial<StoreOptions> = {}): StoreOptions {
  return {
    path: join(folder, 'home', 'aisafe.db'),
    backupFolder: join(folder, 'home', 'backups'),
    clock: clockAt(noon),
    random: systemRandom(),
    ...options,
  };
}

/** Opens the store of a folder; it is closed when the test ends. */
export function openIn(folder: string, options: Partial<StoreOptions> = {}): Store {
  const store = openStore(storeOptions(folder, options));
  onTestFinished(() => store.close());
  return store;
}

/** A new store with its own device. */
export function newStore(seed?: string, options: Partial<StoreOptions> = {}): Store {
  return openIn(tempFolder(), { ...(seed !== undefined && { random: seededRandom(seed) }), ...options });
}

/** The file under the store, to look at or to damage. */
export function rawDatabase(path: string): BetterSqlite3.Database {
  const Sqlite: typeof BetterSqlite3 = createRequire(import.meta.url)('better-sqlite3');
  const database = new Sqlite(path);
  onTestFinished(() => void database.close());
  return database;
}

/** What is left of the file of a store when the computer stops in the middle of a merge without the log. */
export function stopInMerge(path: string): void {
  const database = rawDatabase(path);
  database.pragma('journal_mode = DELETE');
  database.pragma('cache_size = 1');
  database.exec("BEGIN; UPDATE meta SET value = 'half done'");
  const insert = database.prepare('INSERT INTO undone (action) VALUES (?)');
  for (let index = 0; index < 10_000; index += 1) insert.run(`an action that is half done ${index}`);
  const kept = ['', '-journal'].map((suffix) => [path + suffix, readFileSync(path + suffix)] as const);
  database.close();
  for (const [file, bytes] of kept) writeFileSync(file, bytes);
}

/** Everything derived from the events, as stored. */
export function projectionRows(path: string): readonly unknown[] {
  const database = rawDatabase(path);
  return [
    ...database.prepare('SELECT * FROM projection ORDER BY subject').all(),
    ...database.prepare('SELECT * FROM undone ORDER BY action').all(),
  ];
}

export function started(task: string): NewEvent {
  return { kind: 'task.started', subject: `task/aisafe/${task}`, revision: 'r1', data: {} };
}

export function logged(task: string, minutes: number): NewEvent {
  return { kind: 'time.logged', subject: `task/aisafe/${task}`, revision: 'r1', data: { minutes } };
}

export function eventsOf(store: Store): readonly StoredEvent[] {
  return [...store.events()];
}

export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

/** What was thrown; fails the test when nothing was. */
export function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
