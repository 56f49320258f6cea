import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../errors.js';

export type SqliteDatabase = BetterSqlite3.Database;
export type Statement<Parameters extends unknown[], Row> = BetterSqlite3.Statement<Parameters, Row>;

const require = createRequire(import.meta.url);

export interface HandleOptions {
  readonly readonly?: boolean;
  /** Milliseconds to wait for another process that is writing. */
  readonly busyTimeout: number;
}

/**
 * Opens an SQLite file as it is; the busy timeout is set before anything else.
 * @throws AppError NATIVE_MODULE when better-sqlite3 cannot be loaded; SqliteError otherwise.
 */
export function openSqlite(path: string, options: HandleOptions): SqliteDatabase {
  const Sqlite = loadModule();
  const settings = { readonly: options.readonly ?? false, timeout: options.busyTimeout, ...nativeCode() };
  try {
    return new Sqlite(path, settings);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) assertNativeCode(Sqlite);
    throw error;
  }
}

/** Naming the compiled half saves the package a search through a dozen places; when it is elsewhere, it searches. */
function nativeCode(): { readonly nativeBinding?: string } {
  const path = join(dirname(require.resolve('better-sqlite3')), '../build/Release/better_sqlite3.node');
  return existsSync(path) ? { nativeBinding: path } : {};
}

function loadModule(): typeof BetterSqlite3 {
  try {
    return require('better-sqlite3');
  } catch (cause) {
    throw nativeModuleError(cause);
  }
}

/** The module loads its compiled half with the first database. */
function assertNativeCode(Sqlite: typeof BetterSqlite3): void {
  try {
    new Sqlite(':memory:').close();
  } catch (cause) {
    throw nativeModuleError(cause);
  }
}

function nativeModuleError(cause: unknown): AppError {
  return new AppError(
    'NATIVE_MODULE',
    `The database module better-sqlite3 does not load in Node ${process.versions.node} on ${process.platform}-${process.arch}. Node 20.18 or newer is supported; after a change of Node the module must be rebuilt.`,
    { hint: 'npm rebuild better-sqlite3', cause },
  );
}
