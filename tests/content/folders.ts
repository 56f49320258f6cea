import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const baseFolder = fileURLToPath(new URL('../fixtures/curricula/base', import.meta.url));
export const shippedFolder = fileURLToPath(new URL('../../curriculum', import.meta.url));

/** One change to a file of the valid base: a new text, more text, another piece of text, or none. */
export interface Change {
  readonly file: string;
  readonly write?: string | Uint8Array;
  readonly append?: string;
  /** Stands in the file once. */
  readonly replace?: string;
  readonly with?: string;
  readonly remove?: true;
}

/** A folder of its own, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-content-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The valid base with some changes. */
export function changedBase(changes: readonly Change[] = []): string {
  const folder = temporaryFolder();
  cpSync(baseFolder, folder, { recursive: true });
  for (const change of changes) applyChange(folder, change);
  return folder;
}

export function applyChange(folder: string, change: Change): void {
  const path = join(folder, change.file);
  if (change.remove) rmSync(path, { recursive: true });
  else if (change.write !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, change.write);
  } else {
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, change.replace === undefined ? text + change.append : replaceOnce(text, change));
  }
}

function replaceOnce(text: string, { file, replace = '', with: replacement = '' }: Change): string {
  const parts = text.split(replace);
  if (parts.length !== 2) throw new Error(`“${replace}” stands ${parts.length - 1} times in ${file}`);
  return parts.join(replacement);
}
