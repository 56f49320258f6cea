import { dirname } from 'node:path';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError, type ErrorCode } from '../errors.js';
import type { Backup } from './store.js';
import { DamagedJsonError } from './stored-json.js';

type StoreErrorCode = Extract<ErrorCode, `STORE_${string}`>;

const bySqliteCode: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_BUSY', 'STORE_LOCKED'],
  ['SQLITE_LOCKED', 'STORE_LOCKED'],
  ['SQLITE_PROTOCOL', 'STORE_LOCKED'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT'],
  ['SQLITE_NOTADB', 'STORE_CORRUPT'],
  ['SQLITE_IOERR_SHORT_READ', 'STORE_CORRUPT'],
  ['SQLITE_FULL', 'STORE_FULL'],
  ['SQLITE_READONLY', 'STORE_UNWRITABLE'],
  ['SQLITE_CANTOPEN', 'STORE_UNWRITABLE'],
  ['SQLITE_PERM', 'STORE_UNWRITABLE'],
  ['SQLITE_AUTH', 'STORE_UNWRITABLE'],
  ['SQLITE_IOERR', 'STORE_UNWRITABLE'],
  ['ENOSPC', 'STORE_FULL'],
  ['EDQUOT', 'STORE_FULL'],
  ['EACCES', 'STORE_UNWRITABLE'],
  ['EPERM', 'STORE_UNWRITABLE'],
  ['EROFS', 'STORE_UNWRITABLE'],
  ['EISDIR', 'STORE_UNWRITABLE'],
  ['ENOTDIR', 'STORE_UNWRITABLE'],
  ['EEXIST', 'STORE_UNWRITABLE'],
  ['ENOENT', 'STORE_UNWRITABLE'],
  ['ENAMETOOLONG', 'STORE_UNWRITABLE'],
];

/** Which of the store's errors an error of SQLite or of the file system is; undefined for anything else. */
export function storeErrorCode(error: unknown): StoreErrorCode | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  return bySqliteCode.find(([prefix]) => code.startsWith(prefix))?.[1];
}

export interface StorePlace {
  readonly path: string;
  readonly backups: () => readonly Backup[];
}

/** The error as a user should see it. An error that is not of the store comes back as it is. */
export function toStoreError(error: unknown, place: StorePlace): unknown {
  if (error instanceof AppError) return error;
  if (isDamagedJson(error, 'event')) return unreadableEventError(place, error);
  if (isDamagedJson(error, 'projection')) return unreadableProgressError(place, error);
  switch (storeErrorCode(error)) {
    case 'STORE_CORRUPT':
      return corruptStoreError(place, 'is damaged or is not a database', error);
    case 'STORE_LOCKED':
      return new AppError('STORE_LOCKED', `Another process is writing to the store at ${place.path}.`, {
        hint: 'Wait until it has finished, then run the command again.',
        cause: error,
      });
    case 'STORE_FULL':
      return new AppError('STORE_FULL', `The disk that holds ${place.path} is full; this change was not saved.`, {
        hint: 'Free some space, then run the command again.',
        cause: error,
      });
    case 'STORE_UNWRITABLE':
      return unwritableStoreError(place.path, error);
    default:
      return error;
  }
}

/** SQLite, which reads nothing of events by itself, finds it too. */
function isDamagedJson(error: unknown, table: DamagedJsonError['table']): boolean {
  if (error instanceof DamagedJsonError) return error.table === table;
  return table === 'projection' && error instanceof Error && error.message === 'malformed JSON';
}

function unreadableEventError({ path }: StorePlace, cause: unknown): AppError {
  return new AppError('STORE_CORRUPT', `An event in the store at ${path} cannot be read.`, {
    hint: 'Take it from a backup, or out of the history if none has it: aisafe doctor --fix',
    details: { path },
    cause,
  });
}

function unreadableProgressError({ path }: StorePlace, cause: unknown): AppError {
  return new AppError('STORE_CORRUPT', `Part of the progress in the store at ${path} cannot be read.`, {
    hint: 'Work it out again from the history, which is kept beside it: aisafe doctor --fix',
    details: { path },
    cause,
  });
}

/** The store cannot be read: names the newest backups, and the command that brings the newest back. */
export function corruptStoreError(place: StorePlace, because: string, cause?: unknown): AppError {
  const backups = place.backups().slice(0, 3);
  const [newest] = backups;
  const listed = backups.map((backup) => `  ${backup.at}  ${backup.path}`).join('\n');
  const found = newest ? `Newest backups:\n${listed}` : 'There is no backup.';
  const aside = `mv ${quoteWord(place.path)} ${quoteWord(`${place.path}.unreadable`)}`;
  return new AppError('STORE_CORRUPT', `The store at ${place.path} ${because}. ${found}`, {
    hint: newest ? `aisafe restore ${quoteWord(newest.path)}` : aside,
    details: { path: place.path, backups },
    cause,
  });
}

function unwritableStoreError(path: string, cause: unknown): AppError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new AppError('STORE_UNWRITABLE', `The store at ${path} cannot be opened or written${why}.`, {
    hint: `Make its folder yours to write with "chmod u+rwx ${quoteWord(dirname(path))}", or choose another with --home DIR.`,
    cause,
  });
}
