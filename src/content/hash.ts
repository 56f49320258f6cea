import { createHash } from 'node:crypto';
import type { SourceFile } from './source.js';

/** SHA-256 as 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** One hash over the names and the bytes of files; the order counts. */
export function hashFiles(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}
