import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutant } from '../../core/curriculum/model.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import type { LabFolder } from '../lab-folder.js';
import type { Environment } from '../python-environment.js';
import type { Bench } from './bench.js';

export interface VerifyRequest {
  readonly lab: LabFolder;
  /** What mutants.yaml holds. */
  readonly mutants: readonly Mutant[];
  /** Path of a Python that has NumPy. */
  readonly python: string;
  /** Text that the sentences of `serves` are taken from; left out: they are not looked up. */
  readonly guide?: string | undefined;
  readonly timeScale?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, in a few words. */
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly env?: Environment | undefined;
  readonly kit?: string | undefined;
}

/** What the gates look at. */
export interface Subject extends VerifyRequest {
  readonly starter: string;
  readonly solution: string;
  readonly bench: Bench;
}

/** The settings of a run of this subject. */
export function runSettings(subject: Subject, learnerFile: string) {
  const { lab, python, timeScale = 1, signal, env, kit } = subject;
  return { lab, learnerFile, python, timeScale, signal, env, kit };
}

export async function readPackageFile({ path }: LabFolder, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(path, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** How a run went, in one line, for a finding. */
export function describeRun(run: LabRun): string {
  const red = run.checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const parts = red.map(({ id, status, message, where }) => {
    const line = where ? ` (line ${where.line})` : '';
    return `${id}: ${status}: ${message}${line}`;
  });
  if (run.reason) {
    const line = run.reason.where ? ` (line ${run.reason.where.line})` : '';
    parts.unshift(`${run.reason.code}: ${run.reason.message}${line}`);
  }
  return parts.join(' · ') || 'every check passes';
}
