import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { LabSchema, MutantsSchema } from '../../src/core/curriculum/lab-schema.js';
import type { Mutant } from '../../src/core/curriculum/model.js';
import type { LabRun } from '../../src/core/lab/lab-run.js';
import type { LabFolder } from '../../src/labs/lab-folder.js';
import { type RunRequest, runLab } from '../../src/labs/run-lab.js';

const fixtures = resolve(import.meta.dirname, '../fixtures/labs');

export interface LabWithMutants {
  readonly lab: LabFolder;
  readonly mutants: readonly Mutant[];
}

/** The lab package in a folder. */
function readLab(path: string): LabWithMutants {
  const read = (file: string): unknown => parse(readFileSync(join(path, file), 'utf8'));
  return {
    lab: { path, lab: v.parse(LabSchema, read('lab.yaml')) },
    mutants: v.parse(MutantsSchema, read('mutants.yaml')),
  };
}

export const smallLab = readLab(join(fixtures, 'small'));

/** A copy of the lab “small” with the files of another fixture in the place of its own. */
export function spoiltLab(name: string, parent: string): LabWithMutants {
  const path = join(parent, name);
  cpSync(join(fixtures, 'small'), path, { recursive: true });
  cpSync(join(fixtures, name), path, { recursive: true });
  return readLab(path);
}

/** Right answers to the lab “small”, to be spoilt one at a time. */
export const small = {
  double: 'def double(x):\n    return 2 * x\n',
  total: 'def total(x):\n    return float(sum(x))\n',
  norm: 'def norm(x):\n    return float((x * x).sum() ** 0.5)\n',
} as const;

export function smallSource(changed: Partial<typeof small & Record<'before' | 'after', string>> | object): string {
  const { before = '', after = '', ...functions }: Record<string, string> = { ...changed };
  return ['import numpy as np', before, ...Object.values({ ...small, ...functions }), after].join('\n');
}

/** Runs a file with this text in a folder of its own, which is removed afterwards. */
export async function gradeSmall(
  python: string,
  source: string | Buffer,
  options: Partial<RunRequest> & { readonly beside?: Readonly<Record<string, string>> } = {},
): Promise<LabRun> {
  const { beside = {}, ...request } = options;
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-small-'));
  const learnerFile = join(folder, 'small.py');
  try {
    writeFileSync(learnerFile, source);
    for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
    return await runLab({ lab: smallLab.lab, learnerFile, seed: 1, python, timeScale: 1, ...request });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The statuses of a run, as “double:pass total:fail ...”. */
export function statuses(run: LabRun): string {
  return run.checks.map(({ id, status }) => `${id}:${status}`).join(' ');
}
