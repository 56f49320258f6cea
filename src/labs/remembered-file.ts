import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The text of a file that only saves time: nothing when it is not there or cannot be read. */
export function readRemembered(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

/** Writes it whole or not at all: another call may be reading. Where it cannot be written, only time is lost. */
export function writeRemembered(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
