import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.js';

/**
 * Writes a file under a temporary name in the same folder and then renames it, so that a reader sees the old text or
 * the new and never a part. The file can be read by its owner only. A link is followed; a device or a pipe is written to.
 * @returns bytes written.
 * @throws AppError FILE_UNWRITABLE or STORE_FULL, naming the file.
 */
export function writeFile(path: string, parts: Iterable<string>): number {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw unwritable(path, 'it is a folder');
    if (found && !found.isFile()) return writeThrough(path, parts);
    return replaceFile(found ? realpathSync(path) : path, parts);
  } catch (error) {
    throw asWriteError(path, error);
  }
}

function replaceFile(target: string, parts: Iterable<string>): number {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  rmSync(temporary, { force: true });
  try {
    const file = openSync(temporary, 'wx', 0o600);
    let bytes: number;
    try {
      bytes = writeParts(file, parts);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
    syncFolder(dirname(target));
    return bytes;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeThrough(target: string, parts: Iterable<string>): number {
  const file = openSync(target, 'w');
  try {
    return writeParts(file, parts);
  } finally {
    closeSync(file);
  }
}

function writeParts(file: number, parts: Iterable<string>): number {
  let bytes = 0;
  for (const part of inBlocks(parts)) {
    const block = Buffer.from(part, 'utf8');
    for (let written = 0; written < block.length; ) written += writeSync(file, block, written);
    bytes += block.length;
  }
  return bytes;
}

const blockSize = 65_536;

function* inBlocks(parts: Iterable<string>): Generator<string> {
  let block = '';
  for (const part of parts) {
    block += part;
    if (block.length < blockSize) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function asWriteError(path: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new AppError('STORE_FULL', `The disk is full: ${path} was not written.`, {
      hint: 'Free some space, then run the command again.',
      cause: error,
    });
  }
  if (error.code === 'ENOENT') return unwritable(path, 'its folder does not exist', error);
  return unwritable(path, error.message, error);
}

function unwritable(path: string, because: string, cause?: unknown): AppError {
  return new AppError('FILE_UNWRITABLE', `${path} cannot be written: ${because}.`, {
    hint: 'Name a file in a folder that exists and that you may write to: --output FILE',
    cause,
  });
}
