import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import { compactTime, formatBackupName, parseBackupName } from './backup-name.js';
import { expendableBackups } from './backup-thinning.js';
import { openSqlite, type SqliteDatabase } from './sqlite.js';
import type { Backup } from './store.js';
import { storeErrorCode } from './store-error.js';

const partial = /\.partial(-journal)?$/;
const dayInMillis = 86_400_000;

export interface BackupTarget {
  readonly folder: string;
  readonly reason: string;
  readonly clock: Clock;
  /** The exact file to write, instead of one in the folder. */
  readonly path?: string | undefined;
}

/**
 * Writes a verified copy of the store, under a temporary name until it has been verified, and thins the folder.
 * @throws AppError FILE_UNWRITABLE or STORE_FULL for the place of the copy; SqliteError for the store itself.
 */
export function writeBackup(sqlite: SqliteDatabase, target: BackupTarget): Backup {
  const at = target.clock.now().toISOString();
  const folder = target.path === undefined ? target.folder : dirname(target.path);
  try {
    if (target.path === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = target.path ?? freePath(folder, at, target.reason);
    if (existsSync(path))
      throw new AppError('FILE_UNWRITABLE', `${path} exists already.`, {
        hint: 'Name a file that does not exist yet.',
      });
    writeVerifiedCopy(sqlite, path);
    if (target.path === undefined) thinBackups(folder, target.clock.now());
    return { path, at, bytes: statSync(path).size, reason: target.reason };
  } catch (error) {
    throw backupError(error, target.path ?? folder);
  }
}

/** The same of what a store file holds without the changes of a transaction that is still open. */
export function backUpBeside(path: string, target: BackupTarget): Backup {
  const beside = openSqlite(path, { busyTimeout: 5000 });
  try {
    return writeBackup(beside, target);
  } finally {
    beside.close();
  }
}

/** Backups in a folder, newest first. None when there is no such folder. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => {
      const name = parseBackupName(file);
      const path = join(folder, file);
      const found = name && statSync(path, { throwIfNoEntry: false });
      return found ? [{ path, bytes: found.size, ...name }] : [];
    })
    .sort((a, b) => (a.at === b.at ? b.count - a.count : a.at < b.at ? 1 : -1))
    .map(({ path, at, bytes, reason }) => ({ path, at, bytes, reason }));
}

/**
 * Copies the database to a new file by VACUUM INTO, verifies the copy, and only then gives it its name.
 * @throws AppError FILE_UNWRITABLE when the copy is not whole.
 */
export function writeVerifiedCopy(sqlite: SqliteDatabase, path: string): void {
  const temporary = `${path}.${process.pid}.partial`;
  rmSync(temporary, { force: true });
  try {
    const before = eventCount(sqlite);
    vacuumInto(sqlite, temporary);
    verifyCopy(temporary, before, eventCount(sqlite));
    chmodSync(temporary, 0o600);
    syncToDisk(temporary);
    renameSync(temporary, path);
    syncToDisk(dirname(path));
  } finally {
    rmSync(temporary, { force: true });
    rmSync(`${temporary}-journal`, { force: true });
  }
}

/** Keeps a store that is about to be mended as it is, beside itself: not among the backups, which are sound. Returns its path. */
export function copyDamaged(sqlite: SqliteDatabase, path: string, clock: Clock): string {
  const copy = nameBeside(path, 'damaged', clock);
  try {
    vacuumInto(sqlite, copy);
    syncToDisk(copy);
    return copy;
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}

function vacuumInto(sqlite: SqliteDatabase, path: string): void {
  // SQLite would make the file readable by everyone; it accepts an empty one.
  closeSync(openSync(path, 'wx', 0o600));
  sqlite.prepare('VACUUM INTO ?').run(path);
}

/** `aisafe.db.damaged-20260930T120000Z`; a second one of the same second ends in `-2`. */
export function nameBeside(path: string, what: string, clock: Clock): string {
  const name = `${path}.${what}-${compactTime(clock.now().toISOString())}`;
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(free)) return free;
  }
}

export function eventCount(sqlite: SqliteDatabase): number {
  return Number(sqlite.prepare('SELECT count(*) FROM event').pluck().get());
}

/** The problems that SQLite's own check finds; none in a sound file. */
export function integrityProblems(sqlite: SqliteDatabase): readonly string[] {
  const found = sqlite.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all();
  return found.filter((line) => line !== 'ok');
}

/** Other processes may write while the copy is made, so its number of events lies between two counts. */
function verifyCopy(path: string, atLeast: number, atMost: number): void {
  const copy = openSqlite(path, { readonly: true, busyTimeout: 0 });
  try {
    const problems = integrityProblems(copy);
    const events = eventCount(copy);
    if (problems.length === 0 && events >= atLeast && events <= atMost) return;
    const found = problems[0] ?? `${events} events instead of ${atMost}`;
    throw new AppError('FILE_UNWRITABLE', `The copy at ${path} is not whole (${found}); it was removed.`, {
      hint: 'aisafe doctor',
    });
  } finally {
    copy.close();
  }
}

/** A name that is not taken: with a standing clock, two backups can fall on one second. */
function freePath(folder: string, at: string, reason: string): string {
  for (let count = 1; ; count += 1) {
    const path = join(folder, formatBackupName({ at, reason, count }));
    if (!existsSync(path)) return path;
  }
}

function thinBackups(folder: string, now: Date): void {
  for (const { path } of expendableBackups(listBackups(folder), now)) rmSync(path, { force: true });
  for (const file of readdirSync(folder)) {
    const name = partial.test(file) ? parseBackupName(`${file.split('.db.', 1)[0]}.db`) : undefined;
    // Left behind by a process that was killed.
    if (name && now.getTime() - Date.parse(name.at) > dayInMillis) rmSync(join(folder, file), { force: true });
  }
}

/** Waits until a file or folder is on the disk. */
export function syncToDisk(path: string): void {
  // Windows can neither open a folder nor sync a file opened for reading.
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function backupError(error: unknown, place: string): unknown {
  if (error instanceof AppError) return error;
  switch (storeErrorCode(error)) {
    case 'STORE_FULL':
      return new AppError('STORE_FULL', `The disk is full: no backup could be written to ${place}.`, {
        hint: 'Free some space, then run the command again.',
        cause: error,
      });
    case 'STORE_UNWRITABLE':
      return new AppError('FILE_UNWRITABLE', `No backup could be written to ${place} (${reasonOf(error)}).`, {
        hint: 'aisafe backup --output FILE writes it to another place.',
        cause: error,
      });
    default:
      return error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
