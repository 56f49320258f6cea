import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Larger files are not hashed: evidence is a script, a notebook, a report. */
export const maxHashedBytes = 512 * 1024 * 1024;

export type FileHash =
  | { readonly type: 'hashed'; readonly sha256: string; readonly bytes: number }
  | { readonly type: 'missing' }
  | { readonly type: 'not-a-file' }
  | { readonly type: 'too-large'; readonly bytes: number }
  | { readonly type: 'unreadable'; readonly message: string };

/** The SHA-256 of a regular file's bytes, read in pieces. Folders, pipes and devices are not read. */
export async function hashFile(path: string): Promise<FileHash> {
  // Without O_NONBLOCK, opening a named pipe waits for someone to write to it.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  try {
    const file = await open(path, flags);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return { type: 'not-a-file' };
      if (stats.size > maxHashedBytes) return { type: 'too-large', bytes: stats.size };
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const piece of file.createReadStream({ autoClose: false })) {
        hash.update(piece);
        bytes += piece.length;
        if (bytes > maxHashedBytes) return { type: 'too-large', bytes };
      }
      return { type: 'hashed', sha256: hash.digest('hex'), bytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): FileHash {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { type: 'missing' };
  if (code === 'EISDIR' || code === 'ENXIO') return { type: 'not-a-file' };
  if (code === '') throw error;
  return { type: 'unreadable', message: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code };
}
