import { chmodSync, statSync } from 'node:fs';

/**
 * Takes away what other users of the computer may do with a file or folder, and gives the owner what they need.
 * @returns the permissions before (octal), or undefined when nothing had to be changed or is there.
 */
export function makePrivate(path: string, platform = process.platform): string | undefined {
  // Windows keeps the folders of users apart by itself.
  if (platform === 'win32') return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  // A folder that all users share, such as /tmp, is not ours to close.
  if (found.mode & 0o1000) return undefined;
  const mode = found.mode & 0o777;
  const needed = found.isDirectory() ? 0o700 : 0o600;
  if (mode === needed) return undefined;
  chmodSync(path, needed);
  return mode.toString(8).padStart(3, '0');
}
