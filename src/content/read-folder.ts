import { type Dir, opendirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { didYouMean, type Finding } from '../core/curriculum/finding.js';
import { nearest } from '../core/search/nearest.js';
import { AppError } from '../errors.js';
import { errorCode } from './error-code.js';
import { limits } from './limits.js';
import { readFile } from './read-file.js';
import { readingFinding } from './reading-finding.js';
import type { SourceFile } from './source.js';

const requiredFile = 'curriculum.yaml';
/** The files beside it that a curriculum may do without. */
const listFiles = ['concepts.yaml', 'resources.yaml', 'programs.yaml', 'briefs.yaml'] as const;
const phaseFolder = 'phases';

export interface FolderRead {
  /** curriculum.yaml, the phases by name, then the lists. */
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
}

/** Names that the files of a curriculum in this folder have, relative to it; not all need be there. */
export function listCurriculumFiles(folder: string): readonly string[] {
  const phases = yamlNames(folder, phaseFolder).filter((name) => name.endsWith('.yaml'));
  return [requiredFile, ...phases.sort().slice(0, limits.phases), ...listFiles];
}

/**
 * Reads every file of a curriculum folder, within bounds.
 * @throws AppError FILE_NOT_FOUND when there is no such folder.
 */
export function readFolder(folder: string): FolderRead {
  const root = resolveFolder(folder);
  const files: SourceFile[] = [];
  const findings: Finding[] = strayFiles(root);
  let total = 0;
  for (const name of listCurriculumFiles(root)) {
    const read = readFile(root, name);
    if (read.kind === 'refused') findings.push(read.finding);
    else if (read.kind === 'read') {
      total += read.file.bytes.length;
      if (total > limits.totalBytes) {
        const size = limits.totalBytes / 1024 / 1024;
        findings.push(
          readingFinding('too-large', name, `the files up to this one are larger than ${size} MiB together`),
        );
        break;
      }
      files.push(read.file);
    } else if (name === requiredFile) {
      findings.push(
        readingFinding('missing-file', name, 'every curriculum has this file', {
          hint: 'aisafe curriculum new my-curriculum',
        }),
      );
    }
  }
  return { files, findings };
}

/**
 * The real path of a curriculum folder.
 * @throws AppError FILE_NOT_FOUND when there is no such folder.
 */
export function resolveFolder(folder: string): string {
  const path = resolve(folder);
  let what = 'is not a folder';
  let cause: unknown;
  try {
    if (statSync(path).isDirectory()) return realpathSync(path);
  } catch (error) {
    what = errorCode(error) === 'ENOENT' ? 'does not exist' : `cannot be opened (${errorCode(error)})`;
    cause = error;
  }
  throw new AppError('FILE_NOT_FOUND', `There is no curriculum at ${path}: it ${what}.`, {
    hint: 'aisafe curriculum list',
    details: { folder: path },
    cause,
  });
}

/** YAML files that look like part of the curriculum and are not read: most are misspelt. */
function strayFiles(root: string): Finding[] {
  const known = [requiredFile, ...listFiles];
  const beside = yamlNames(root, '').filter((name) => !known.some((each) => each === name));
  const findings = beside.map((name) =>
    stray(name, 'nothing reads this file', didYouMean(nearest(name, known, 1)) ?? `Files here: ${known.join(', ')}.`),
  );
  const phases = yamlNames(root, phaseFolder).sort();
  for (const name of phases.filter((each) => !each.endsWith('.yaml'))) {
    findings.push(stray(name, 'nothing reads this file', `Rename it to ${name.replace(/\.yml$/, '.yaml')}.`));
  }
  const left = phases.filter((each) => each.endsWith('.yaml'))[limits.phases];
  if (left !== undefined) {
    findings.push(readingFinding('too-large', left, `a curriculum has at most ${limits.phases} phases`));
  }
  return findings;
}

function stray(name: string, message: string, hint: string): Finding {
  return readingFinding('stray-file', name, message, { hint, severity: 'warning' });
}

function yamlNames(root: string, below: string): string[] {
  const names: string[] = [];
  const path = join(root, below);
  const entries = openFolder(path);
  if (!entries) return names;
  try {
    for (let count = 0; count < limits.folderEntries; count++) {
      const entry = entries.readSync();
      if (entry === null) break;
      if (/\.ya?ml$/.test(entry.name)) names.push(below === '' ? entry.name : `${below}/${entry.name}`);
    }
  } finally {
    entries.closeSync();
  }
  return names;
}

function openFolder(path: string): Dir | undefined {
  try {
    return opendirSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw new AppError('CURRICULUM_INVALID', `The folder ${path} cannot be listed (${errorCode(error)}).`, {
      hint: 'aisafe doctor',
      cause: error,
    });
  }
}
