import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder } from './lab-folder.js';

export interface PackageFile {
  readonly name: string;
  readonly lines: number;
}

/** The code of a lab that may run: what a learner is shown before it runs for the first time. */
export interface LabCode {
  /** SHA-256 over the names and contents of all plain files of the package. */
  readonly hash: string;
  /** Its Python files. */
  readonly files: readonly PackageFile[];
}

/** @throws AppError when a file cannot be read. */
export function readLabCode({ path }: LabFolder): LabCode {
  const hash = createHash('sha256');
  const files: PackageFile[] = [];
  for (const name of readdirSync(path).sort()) {
    if (!lstatSync(join(path, name)).isFile()) continue;
    const bytes = readFileSync(join(path, name));
    addFile(hash, name, bytes);
    if (name.endsWith('.py')) files.push({ name, lines: bytes.toString('utf8').split('\n').length });
  }
  return { hash: hash.digest('hex'), files };
}

const versionLength = 12;

/** What a pass is a pass of: a hash of lab.yaml, the grader and the support files. 12 hex digits. */
export function labVersion({ path, lab }: LabFolder): string {
  const names = ['lab.yaml', 'grader.py', ...(lab.support ?? [])];
  return hashOf(names.map((name) => [name, readFileSync(join(path, name))] as const)).slice(0, versionLength);
}

/** SHA-256 over names and contents, 64 hex digits. */
export function hashOf(files: Iterable<readonly [name: string, content: string | Uint8Array]>): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) addFile(hash, name, Buffer.from(content));
  return hash.digest('hex');
}

function addFile(hash: ReturnType<typeof createHash>, name: string, bytes: Uint8Array): void {
  hash.update(`${name}\0${bytes.length}\0`).update(bytes);
}
