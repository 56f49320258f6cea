/** The learner's side of a lab: a folder with the starter to work on, the lesson and the support files. */
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.js';
import { filesToCopy, type LabFolder, solvedFiles } from './lab-folder.js';

export interface FilledFolder {
  /** Names of files that were written. */
  readonly written: readonly string[];
  /** Names of files that were there already and stay as they are. */
  readonly kept: readonly string[];
}

/**
 * Copies what a learner works with; what is there already is never touched.
 * @throws AppError FILE_UNWRITABLE, or LAB_INVALID when the package lacks a file.
 */
export function fillFolder(lab: LabFolder, folder: string): FilledFolder {
  const written: string[] = [];
  const kept: string[] = [];
  makeFolder(folder);
  for (const [from, to] of [...filesToCopy(lab.lab), ['README.md', 'README.md'] as const]) {
    (copyNew(packageFile(lab, from), join(folder, to)) ? written : kept).push(to);
  }
  return { written, kept };
}

/**
 * Moves the learner's files aside and puts the starter in their place.
 * @param stamp ends the names of the copies.
 * @returns the names that the learner's files have now; none when there were none.
 */
export function renewFolder(lab: LabFolder, folder: string, stamp: string): readonly string[] {
  makeFolder(folder);
  const copies: string[] = [];
  const own = filesToCopy(lab.lab).filter(([, to]) => to === lab.lab.file || lab.lab.files?.includes(to));
  for (const [from, to] of own) {
    const path = join(folder, to);
    const source = packageFile(lab, from);
    if (existsSync(path)) copies.push(moveAside(path, stamp));
    copyNew(source, path);
  }
  fillFolder(lab, folder);
  return copies;
}

/** Writes a folder with somebody's solution in it, and beside it the support files and what belongs to a solution. */
export function fillWith(lab: LabFolder, folder: string, source: string): string {
  makeFolder(folder);
  const beside = filesToCopy(lab.lab).filter(([, to]) => to !== lab.lab.file);
  // The first of a name wins, so what is filled in comes before the template.
  for (const [from, to] of [...solvedFiles(lab), ...beside]) copyNew(packageFile(lab, from), join(folder, to));
  const path = join(folder, lab.lab.file);
  attempt(path, () => writeFileSync(path, source, { flag: 'wx' }));
  return path;
}

/**
 * The text of a file of the package.
 * @throws AppError LAB_INVALID when it is not a plain file.
 */
export function packageText(lab: LabFolder, name: string): string {
  return readFileSync(packageFile(lab, name), 'utf8');
}

/** The learner's files as they are now, in the order of the lab: its own file first. Undefined when that is not there. */
export function learnerFiles(
  { lab }: LabFolder,
  folder: string,
): readonly { readonly name: string; readonly text: string }[] | undefined {
  const names = [lab.file, ...(lab.files ?? [])].filter((name) => existsSync(join(folder, name)));
  if (names[0] !== lab.file) return undefined;
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function packageFile({ path, lab }: LabFolder, name: string): string {
  const file = join(path, name);
  // A link could lead anywhere on this computer.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new AppError('LAB_INVALID', `The lab “${lab.id}” is faulty: it has no plain file ${name}.`, {
    hint: 'aisafe curriculum lint',
    details: { lab: lab.id, file },
  });
}

function moveAside(path: string, stamp: string): string {
  for (let number = 1; ; number++) {
    const copy = `${path}.bak-${stamp}${number === 1 ? '' : `-${number}`}`;
    if (existsSync(copy)) continue;
    attempt(path, () => renameSync(path, copy));
    return basename(copy);
  }
}

function makeFolder(folder: string): void {
  attempt(folder, () => mkdirSync(folder, { recursive: true }));
}

/** @returns false when there is something of that name already. */
function copyNew(from: string, to: string): boolean {
  if (lstatSync(to, { throwIfNoEntry: false })) return false;
  // Not a copy of the file with its rights: a package may be read-only.
  attempt(to, () => writeFileSync(to, readFileSync(from), { flag: 'wx' }));
  return true;
}

function attempt(path: string, write: () => unknown): void {
  try {
    write();
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new AppError('FILE_UNWRITABLE', `${path} cannot be written (${String(cause.code)}).`, {
      hint: `Choose another folder with --dir, or check the rights of ${dirname(path)}.`,
      cause,
    });
  }
}
