import { closeSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import type { Random } from '../platform/random.js';
import { eventCount, listBackups, writeBackup } from './backup.js';
import { type Database, readMeta, wrapDatabase } from './database.js';
import { keepToLog, switchToLog } from './journal-mode.js';
import { assertNotNewer, fileOwner, latestVersion, type Migration, migrate, schemaVersion } from './migrations.js';
import { areProjectionsCurrent, rebuildProjections } from './projections.js';
import { openSqlite, type SqliteDatabase } from './sqlite.js';
import { corruptStoreError } from './store-error.js';

export interface FileOptions {
  readonly path: string;
  readonly backupFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly readonly?: boolean | undefined;
  /** Milliseconds to wait for another process that is writing. */
  readonly busyTimeout: number;
  /** Other schema changes than the shipped ones, for tests of migrating. */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Of a new store; an old one keeps its own. What is read of a curriculum and written by an import is long, and goes in a quarter of
 * the calls of SQLite's preset of 4 KiB.
 */
const pageBytes = 16_384;

/** Opens the store file, made if missing and brought up to date if old. An up-to-date one is only read. */
export function openStoreFile(options: FileOptions): Database {
  const { path, busyTimeout, readonly = false } = options;
  prepareFile(options);
  const sqlite = openSqlite(path, { readonly, busyTimeout });
  try {
    sqlite.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;');
    const version = schemaVersion(sqlite);
    const latest = latestVersion(options.migrations);
    assertOurs(sqlite, options);
    assertNotNewer(version, path, latest);
    if (version < latest) update(sqlite, options);
    else if (!readonly) keepToLog(sqlite);
    return withCurrentProjections(wrapDatabase(sqlite), options);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** The random name of this store's device, 16 hexadecimal digits; made with the store. */
export function deviceOf(database: Database): string {
  return readMeta(database, 'device') ?? '';
}

function prepareFile({ path, backupFolder, readonly }: FileOptions): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found) {
    assertUsable(found, path, backupFolder);
    return;
  }
  if (readonly) throw new AppError('FILE_NOT_FOUND', `There is no store at ${path}.`, { hint: 'aisafe next' });
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite would make it readable by everyone; -wal and -shm take over its permissions.
  closeSync(openSync(path, 'a', 0o600));
}

function assertUsable(found: Stats, path: string, backupFolder: string): void {
  if (!found.isFile()) {
    throw new AppError(
      'STORE_UNWRITABLE',
      `The store should be a file, but ${path} is ${found.isDirectory() ? 'a folder' : 'something else'}.`,
      {
        hint: 'Move it away, or choose another folder with --home DIR.',
      },
    );
  }
  if (found.size > 0) return;
  const backups = () => listBackups(backupFolder);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // An empty file is how a store begins, but also what is left of one that was cut off.
  if ((wal && wal.size > 0) || backups().length > 0) throw corruptStoreError({ path, backups }, 'is empty');
}

function assertOurs(sqlite: SqliteDatabase, { path, backupFolder }: FileOptions): void {
  if (fileOwner(sqlite) !== 'another program') return;
  throw corruptStoreError({ path, backups: () => listBackups(backupFolder) }, 'is the database of another program');
}

function update(sqlite: SqliteDatabase, options: FileOptions): void {
  const { path, backupFolder, clock, random } = options;
  if (options.readonly) throw outdatedError(path);
  if (schemaVersion(sqlite) > 0 && eventCount(sqlite) > 0) {
    writeBackup(sqlite, { folder: backupFolder, reason: 'pre-migration', clock });
  }
  sqlite.pragma(`page_size = ${pageBytes}`);
  switchToLog(sqlite, options.busyTimeout);
  migrate(sqlite, path, Buffer.from(random.bytes(8)).toString('hex'), options.migrations);
}

/** Replays the history once after an update that folds events differently. */
function withCurrentProjections(database: Database, options: FileOptions): Database {
  if (areProjectionsCurrent(database)) return database;
  if (options.readonly) throw outdatedError(options.path);
  database.transaction(() => {
    if (!areProjectionsCurrent(database)) rebuildProjections(database);
  });
  return database;
}

function outdatedError(path: string): AppError {
  return new AppError('STORE_UNWRITABLE', `${path} was written by an older aisafe and is open for reading only.`, {
    hint: 'aisafe status',
  });
}
