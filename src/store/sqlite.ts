import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { lazily } from '../core/lazily.js';
import { AppError } from '../errors.js';

export type SqliteDatabase = Sqlite.Database;
export type Statement<Parameters extends unknown[], Row> = Sqlite.Statement<Parameters, Row>;

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
  const { readonly = false, busyTimeout: timeout } = options;
  // It takes the half itself, too, which its types do not say: https://github.com/WiseLibs/better-sqlite3/issues/972
  return new Sqlite(path, { readonly, timeout, nativeBinding: nativeHalf() as string });
}

/** What was compiled when the package was installed; its JavaScript is part of the build. */
const nativeHalf = lazily((): unknown => {
  const native = { exports: {} };
  try {
    process.dlopen(native, findNativeHalf(dirname(fileURLToPath(import.meta.url))));
  } catch (cause) {
    throw nativeModuleError(cause);
  }
  return native.exports;
});

/** As Node looks for a package, but for the file itself: that takes a quarter of the time. */
function findNativeHalf(folder: string): string {
  const path = join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('better_sqlite3.node is not installed');
  return findNativeHalf(parent);
}

function nativeModuleError(cause: unknown): AppError {
  return new AppError(
    'NATIVE_MODULE',
    `The database module better-sqlite3 does not load in Node ${process.versions.node} on ${process.platform}-${process.arch}. Node 20.18 or newer is supported; after a change of Node the module must be rebuilt.`,
    { hint: 'npm rebuild better-sqlite3', cause },
  );
}
