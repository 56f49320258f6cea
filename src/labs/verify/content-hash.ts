import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash over names and contents of all files below folders, and some words besides. What Python leaves behind
 * (`__pycache__`) is left out.
 */
export function hashContent(folders: readonly string[], words: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) addFolder(hash, folder, '');
  for (const word of words) hash.update(`${word.length}:${word}\0`);
  return hash.digest('hex');
}

function addFolder(hash: Hash, folder: string, below: string): void {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(below, entry.name);
    if (entry.isDirectory() && entry.name !== '__pycache__') addFolder(hash, folder, name);
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
}
