import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Finding } from '../core/curriculum/finding.js';
import { errorCode } from './error-code.js';
import { limits } from './limits.js';
import { readingFinding } from './reading-finding.js';
import type { SourceFile } from './source.js';

export type FileRead =
  | { readonly kind: 'read'; readonly file: SourceFile }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly finding: Finding };

/**
 * Reads one file of a curriculum whole: a plain file inside the folder, of a size that makes sense. Everything is
 * looked at before it is opened, since opening a pipe or a device can block or act.
 * @param root real path of the folder.
 */
export function readFile(root: string, name: string): FileRead {
  try {
    const path = realpathSync(join(root, name));
    if (!isInside(root, path)) {
      return refuse('not-a-plain-file', name, 'links to a place outside the folder', 'Copy the file into the folder.');
    }
    const before = unfit(statSync(path), name);
    if (before) return before;
    return readOpened(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)), name);
  } catch (error) {
    const code = errorCode(error);
    // A link that leads nowhere is absent too, but the author meant something by it.
    if (code === 'ENOENT' && !isLink(root, name)) return { kind: 'absent' };
    return refuse('unreadable-file', name, `cannot be read (${code})`);
  }
}

function readOpened(descriptor: number, name: string): FileRead {
  try {
    const stats = fstatSync(descriptor);
    const changed = unfit(stats, name);
    if (changed) return changed;
    // One byte more than allowed: a file may grow, and some report no size.
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(stats.size, 64 * 1024), limits.fileBytes) + 1);
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += count;
      if (count === 0 || length === buffer.length) break;
    }
    if (length > limits.fileBytes) return tooLarge(name);
    return { kind: 'read', file: { name, bytes: buffer.subarray(0, length) } };
  } finally {
    closeSync(descriptor);
  }
}

function unfit(stats: Stats, name: string): FileRead | undefined {
  if (stats.isDirectory()) return refuse('not-a-plain-file', name, 'is a folder');
  if (!stats.isFile()) return refuse('not-a-plain-file', name, `is a ${specialKind(stats)}`);
  return stats.size > limits.fileBytes ? tooLarge(name) : undefined;
}

function tooLarge(name: string): FileRead {
  return refuse(
    'too-large',
    name,
    `is larger than ${limits.fileBytes / 1024 / 1024} MiB`,
    'Split it, or keep data elsewhere.',
  );
}

function refuse(
  rule: 'not-a-plain-file' | 'too-large' | 'unreadable-file',
  name: string,
  what: string,
  hint?: string,
): FileRead {
  return { kind: 'refused', finding: readingFinding(rule, name, `the file ${what}`, { hint }) };
}

function specialKind(stats: Stats): string {
  if (stats.isFIFO()) return 'named pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isLink(root: string, name: string): boolean {
  return lstatSync(join(root, name), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
