import { createReadStream } from 'node:fs';

export type LimitedRead =
  | { readonly type: 'read'; readonly bytes: Uint8Array }
  | { readonly type: 'missing' }
  | { readonly type: 'too-large' }
  | { readonly type: 'unreadable'; readonly message: string };

/**
 * All bytes of a file or a stream, unless there are more than there should be.
 * @param source a path, or a stream that is read to its end.
 */
export async function readLimited(source: string | NodeJS.ReadableStream, maxBytes: number): Promise<LimitedRead> {
  const stream = typeof source === 'string' ? createReadStream(source) : source;
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of stream) {
      const buffer = Buffer.from(piece);
      bytes += buffer.length;
      if (bytes > maxBytes) return { type: 'too-large' };
      pieces.push(buffer);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { type: 'missing' };
    if (code === 'EISDIR') return { type: 'unreadable', message: 'it is a folder' };
    if (code === '') throw error;
    return { type: 'unreadable', message: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code };
  }
  return { type: 'read', bytes: Buffer.concat(pieces) };
}
