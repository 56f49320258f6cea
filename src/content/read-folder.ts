import { type Dir, type Dirent, existsSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { didYouMean, type Finding } from '../core/curriculum/finding.js';
import { nearest } from '../core/search/nearest.js';
import { AppError } from '../errors.js';
import { errorCode } from './error-code.js';
import { limits } from './limits.js';
import { readFile } from './read-file.js';
import { type PackageRead, readLabPackage } from './read-lab-package.js';
import { readingFinding } from './reading-finding.js';
import type { SourceFile } from './source.js';

const requiredFile = 'curriculum.yaml';
/** The files beside it that a curriculum may do without. */
const listFiles = ['concepts.yaml', 'resources.yaml', 'programs.yaml', 'briefs.yaml'] as const;
const phaseFolder = 'phases';
const questionFolder = 'questions';
const labFolder = 'labs';

export interface FolderRead {
  /** curriculum.yaml, the phases by name, the lists, the labs by name, then the questions by name. */
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
  /** Were the questions read too? */
  readonly hasQuestions: boolean;
  /** The folders of the labs by name of the folder; undefined when they were not wanted. */
  readonly packages?: ReadonlyMap<string, PackageRead> | undefined;
}

/** What is wanted of a folder. The questions are half of it, and most commands do without them. */
export interface Wanted {
  readonly questions: boolean;
  /** What stands in the folders of the labs beside lab.yaml: only the linter looks at it. */
  readonly packages?: boolean;
}

/** Names that the files of a curriculum in this folder have, relative to it; not all need be there. */
export function listCurriculumFiles(folder: string, { questions, packages = false }: Wanted): readonly string[] {
  return [
    requiredFile,
    ...yamlFiles(folder, phaseFolder).slice(0, limits.phases),
    ...listFiles,
    ...labFolders(folder).flatMap((lab) => [`${lab}/lab.yaml`, ...(packages ? [`${lab}/mutants.yaml`] : [])]),
    ...(questions ? listQuestionFiles(folder) : []),
  ];
}

export function listQuestionFiles(folder: string): readonly string[] {
  return yamlFiles(folder, questionFolder).slice(0, limits.questionFiles);
}

/**
 * Reads every file of a curriculum folder, within bounds.
 * @throws AppError FILE_NOT_FOUND when there is no such folder.
 */
export function readFolder(folder: string, wanted: Wanted): FolderRead {
  const root = resolveFolder(folder);
  const files: SourceFile[] = [];
  const findings: Finding[] = strayFiles(root, wanted);
  let total = 0;
  for (const name of listCurriculumFiles(root, wanted)) {
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
  const packages = wanted.packages ? readPackages(root, findings) : undefined;
  return { files, findings, hasQuestions: wanted.questions, packages };
}

function readPackages(root: string, findings: Finding[]): ReadonlyMap<string, PackageRead> {
  const packages = labFolders(root).map((folder) => {
    const read = readLabPackage(root, folder);
    findings.push(...read.findings);
    return [folder.slice(labFolder.length + 1), read] as const;
  });
  return new Map(packages);
}

/** `labs/<id>` for each folder that may hold a lab; what begins with a line or a dot is kept beside the labs. */
function labFolders(root: string): readonly string[] {
  return entriesOf(root, labFolder)
    .filter((entry) => /^[a-z0-9]/.test(entry.name) && (entry.isDirectory() || entry.isSymbolicLink()))
    .map(({ name }) => `${labFolder}/${name}`)
    .sort()
    .slice(0, limits.labs);
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
function strayFiles(root: string, { questions }: Wanted): Finding[] {
  const known = [requiredFile, ...listFiles];
  const beside = yamlNames(root, '').filter((name) => !known.some((each) => each === name));
  const findings = beside.map((name) =>
    stray(name, 'nothing reads this file', didYouMean(nearest(name, known, 1)) ?? `Files here: ${known.join(', ')}.`),
  );
  findings.push(...strayFilesIn(root, phaseFolder, limits.phases, 'phases'));
  if (questions) findings.push(...strayFilesIn(root, questionFolder, limits.questionFiles, 'files of questions'));
  for (const folder of labFolders(root)) {
    if (!existsSync(join(root, folder, 'lab.yaml')))
      findings.push(stray(folder, 'this folder has no lab.yaml', 'Add one, or move the folder elsewhere.'));
  }
  return findings;
}

function strayFilesIn(root: string, below: string, most: number, what: string): Finding[] {
  const findings = yamlNames(root, below)
    .sort()
    .filter((name) => !name.endsWith('.yaml'))
    .map((name) => stray(name, 'nothing reads this file', `Rename it to ${name.replace(/\.yml$/, '.yaml')}.`));
  const left = yamlFiles(root, below)[most];
  if (left !== undefined) findings.push(readingFinding('too-large', left, `a curriculum has at most ${most} ${what}`));
  return findings;
}

function stray(name: string, message: string, hint: string): Finding {
  return readingFinding('stray-file', name, message, { hint, severity: 'warning' });
}

function yamlFiles(root: string, below: string): readonly string[] {
  return yamlNames(root, below)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}

function yamlNames(root: string, below: string): string[] {
  return entriesOf(root, below)
    .filter(({ name }) => /\.ya?ml$/.test(name))
    .map(({ name }) => (below === '' ? name : `${below}/${name}`));
}

function entriesOf(root: string, below: string): readonly Dirent[] {
  const found: Dirent[] = [];
  const entries = openFolder(join(root, below));
  if (!entries) return found;
  try {
    for (let count = 0; count < limits.folderEntries; count++) {
      const entry = entries.readSync();
      if (entry === null) break;
      found.push(entry);
    }
  } finally {
    entries.closeSync();
  }
  return found;
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
