import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import {
  eventCount,
  integrityProblems,
  listBackups,
  nameBeside,
  syncToDisk,
  writeBackup,
  writeVerifiedCopy,
} from './backup.js';
import { besideStore } from './journal-mode.js';
import { assertNotNewer, fileOwner, schemaVersion } from './migrations.js';
import { openSqlite, type SqliteDatabase } from './sqlite.js';
import type { Backup } from './store.js';
import { storeErrorCode, toStoreError } from './store-error.js';

export interface RestoreOptions {
  /** The backup to bring back. */
  readonly from: string;
  /** The store to replace. */
  readonly path: string;
  readonly backupFolder: string;
  readonly clock: Clock;
  /** Milliseconds to wait for another process that is writing; 5000 unless given. */
  readonly busyTimeout?: number;
}

export interface RestoreReport {
  /** Events in the store now. */
  readonly events: number;
  /** The backup of what was there before. */
  readonly previous?: Backup;
  /** Where the store that could not be read was moved. */
  readonly movedAside?: string;
}

/**
 * Puts a verified backup in the place of the store. What is there now is backed up first, or moved aside when it cannot
 * be read.
 * @throws AppError FILE_NOT_FOUND, DATA_INVALID or STORE_NEWER for the backup; STORE_* when the store cannot be replaced.
 */
export function restoreStore(options: RestoreOptions): RestoreReport {
  const { path, backupFolder } = options;
  try {
    return restore(options);
  } catch (error) {
    throw toStoreError(error, { path, backups: () => listBackups(backupFolder) });
  }
}

function restore(options: RestoreOptions): RestoreReport {
  const { path, busyTimeout = 5000 } = options;
  if (resolve(options.from) === resolve(path)) {
    throw new AppError('BAD_VALUE', `${path} is the store itself.`, { hint: otherBackup(options) });
  }
  const incoming = `${path}.${process.pid}.restoring`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const events = copyBackup(options, incoming);
    const present = openPresent(path, busyTimeout);
    if (present.state === 'open') return { events, previous: replacePresent(present.sqlite, incoming, options) };
    const movedAside = present.state === 'unreadable' ? moveAside(path, options.clock) : undefined;
    replaceFile(incoming, path);
    return { events, ...(movedAside !== undefined && { movedAside }) };
  } finally {
    for (const suffix of ['', ...besideStore]) rmSync(incoming + suffix, { force: true });
  }
}

/** Copies the backup beside the store, ready to take its place. Returns its number of events. */
function copyBackup(options: RestoreOptions, incoming: string): number {
  const { from } = options;
  const found = statSync(from, { throwIfNoEntry: false });
  if (!found) throw new AppError('FILE_NOT_FOUND', `There is no file ${from}.`, { hint: otherBackup(options) });
  if (!found.isFile()) throw unusable(options, 'it is not a file');
  let backup: SqliteDatabase | undefined;
  try {
    backup = openSqlite(from, { readonly: true, busyTimeout: 0 });
    if (fileOwner(backup) !== 'aisafe') throw unusable(options, 'it is not a store of aisafe');
    assertNotNewer(schemaVersion(backup), from);
    const [problem] = integrityProblems(backup);
    if (problem !== undefined) throw unusable(options, problem);
    rmSync(incoming, { force: true });
    writeVerifiedCopy(backup, incoming);
    return prepareIncoming(incoming);
  } catch (error) {
    if (storeErrorCode(error) === 'STORE_CORRUPT') throw unusable(options, 'it is damaged or is not a database', error);
    throw error;
  } finally {
    backup?.close();
  }
}

function prepareIncoming(incoming: string): number {
  const copy = openSqlite(incoming, { busyTimeout: 0 });
  try {
    copy.pragma('journal_mode = WAL');
    return eventCount(copy);
  } finally {
    copy.close();
    syncToDisk(incoming);
  }
}

type Present =
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'open'; readonly sqlite: SqliteDatabase };

function openPresent(path: string, busyTimeout: number): Present {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return { state: 'missing' };
  if (!found.isFile()) return { state: 'unreadable' };
  if (existsSync(`${path}-journal`)) takeBackUnfinished(path, busyTimeout);
  return isReadable(path, busyTimeout)
    ? { state: 'open', sqlite: openSqlite(path, { busyTimeout }) }
    : { state: 'unreadable' };
}

/** What a process was stopped in, which somebody who only reads cannot take back. Without a journal nothing is written. */
function takeBackUnfinished(path: string, busyTimeout: number): void {
  const sqlite = openSqlite(path, { busyTimeout });
  try {
    schemaVersion(sqlite);
  } catch (error) {
    if (storeErrorCode(error) !== 'STORE_CORRUPT') throw error;
  } finally {
    sqlite.close();
  }
}

/** Looked at read-only: closing a connection that may write would fold the log of a damaged store into it. */
function isReadable(path: string, busyTimeout: number): boolean {
  let sqlite: SqliteDatabase | undefined;
  try {
    sqlite = openSqlite(path, { readonly: true, busyTimeout });
    return fileOwner(sqlite) === 'aisafe' && integrityProblems(sqlite).length === 0;
  } catch (error) {
    if (storeErrorCode(error) === 'STORE_CORRUPT') return false;
    throw error;
  } finally {
    sqlite?.close();
  }
}

/** Backs the present store up and replaces it while no other process can write to it. */
function replacePresent(sqlite: SqliteDatabase, incoming: string, options: RestoreOptions): Backup {
  const { path, backupFolder: folder, clock } = options;
  try {
    for (;;) {
      const backedUp = eventCount(sqlite);
      const previous = writeBackup(sqlite, { folder, reason: 'pre-restore', clock });
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      const isReplaced = sqlite
        .transaction(() => {
          // Another process may have written since the backup.
          if (eventCount(sqlite) !== backedUp) return false;
          replaceFile(incoming, path);
          return true;
        })
        .immediate();
      if (isReplaced) return previous;
    }
  } finally {
    sqlite.close();
  }
}

function replaceFile(incoming: string, path: string): void {
  // A log or a journal left beside the new file would be played into it.
  for (const suffix of besideStore) rmSync(path + suffix, { force: true });
  chmodSync(incoming, 0o600);
  renameSync(incoming, path);
  syncToDisk(dirname(path));
}

/** Keeps a store that cannot be read, with its log, for whoever may still rescue something. */
function moveAside(path: string, clock: Clock): string {
  const aside = nameBeside(path, 'unreadable', clock);
  for (const suffix of [...besideStore, '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function unusable(options: RestoreOptions, because: string, cause?: unknown): AppError {
  return new AppError('DATA_INVALID', `${options.from} cannot be restored: ${because}.`, {
    hint: otherBackup(options),
    cause,
  });
}

function otherBackup({ from, backupFolder }: RestoreOptions): string {
  const other = listBackups(backupFolder).find((backup) => resolve(backup.path) !== resolve(from));
  return other ? `aisafe restore ${quoteWord(other.path)}` : `There are no other backups in ${backupFolder}.`;
}
