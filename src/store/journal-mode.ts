/** How SQLite keeps a change that may still be taken back: in a log beside the store, which others can read past. */
import type { SqliteDatabase } from './sqlite.js';
import { storeErrorCode } from './store-error.js';

/** What SQLite keeps beside a store, by the end of its name: the log, its index, and the journal in the place of the log. */
export const besideStore = ['-wal', '-shm', '-journal'] as const;

const pauseMillis = 20;

/** SQLite does not wait for others when it changes the mode, so two first starts at once must. */
export function switchToLog(sqlite: SqliteDatabase, busyTimeout: number): void {
  for (let waited = 0; ; waited += pauseMillis) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (storeErrorCode(error) !== 'STORE_LOCKED' || waited >= busyTimeout) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMillis);
    }
  }
}

/** Back to the log, if a process that went without it was stopped; when others are at work, they are let. */
export function keepToLog(sqlite: SqliteDatabase): void {
  if (sqlite.pragma('journal_mode', { simple: true }) !== 'wal')
    unlessLocked(() => sqlite.pragma('journal_mode = WAL'));
}

/**
 * Runs the body without the log, if nobody else has the store open: what is added at the end of the file is then written once
 * instead of twice. As safe, but others must wait, so it is for a store in which there is nothing to read.
 */
export function withoutLog<T>(sqlite: SqliteDatabase, body: () => T): T {
  unlessLocked(() => sqlite.pragma('journal_mode = DELETE'));
  try {
    return body();
  } finally {
    keepToLog(sqlite);
  }
}

function unlessLocked(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (storeErrorCode(error) !== 'STORE_LOCKED') throw error;
  }
}
