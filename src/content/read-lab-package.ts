import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../core/curriculum/finding.js';
import type { LabPackage } from '../core/curriculum/lint/rule.js';
import { decode } from './decode.js';
import { errorCode } from './error-code.js';
import { limits } from './limits.js';
import { readFile } from './read-file.js';
import { readingFinding } from './reading-finding.js';

export interface PackageRead {
  readonly content: Omit<LabPackage, 'mutants'>;
  readonly findings: readonly Finding[];
}

/** A folder of which nothing but its name is known. */
export function emptyPackage(folder: string): PackageRead['content'] {
  return { folder, names: [], starter: undefined, solution: undefined, grader: undefined };
}

/**
 * What stands in the folder of a lab, as far as the linter asks; lab.yaml and mutants.yaml are read with the rest of the
 * curriculum. Nothing in it is run, and links are refused: a lab is copied to the learner file by file.
 * @param root real path of the curriculum.
 * @param folder `labs/<id>`.
 */
export function readLabPackage(root: string, folder: string): PackageRead {
  const findings: Finding[] = [];
  const names: string[] = [];
  for (const entry of listFolder(root, folder, findings)) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) names.push(`${entry.name}/`);
    else if (entry.isFile()) names.push(entry.name);
    else findings.push(readingFinding('not-a-plain-file', name, 'a lab holds plain files only, and this is none'));
  }
  const textOf = (name: string) => {
    if (!names.includes(name)) return undefined;
    const read = readFile(root, `${folder}/${name}`);
    if (read.kind === 'refused') findings.push(read.finding);
    if (read.kind !== 'read') return undefined;
    const { text, findings: inText } = decode(read.file);
    findings.push(...inText);
    return text;
  };
  return {
    content: {
      folder: folder.slice(folder.indexOf('/') + 1),
      names: names.sort(),
      starter: textOf('starter.py'),
      solution: textOf('solution.py'),
      grader: textOf('grader.py'),
    },
    findings,
  };
}

function listFolder(root: string, folder: string, findings: Finding[]) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).slice(0, limits.folderEntries);
  } catch (error) {
    findings.push(readingFinding('unreadable-file', folder, `the folder cannot be listed (${errorCode(error)})`));
    return [];
  }
}
