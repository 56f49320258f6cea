import { join } from 'node:path';
import type { Lab } from '../core/curriculum/model.js';
import type { CheckStatus, LabRun } from '../core/lab/lab-run.js';
import { shippedKit } from './lab-folder.js';
import type { Environment } from './python-environment.js';
import { runLab } from './run-lab.js';

export interface SelfTestRequest {
  /** Path of a Python that has NumPy. */
  readonly python: string;
  readonly signal?: AbortSignal | undefined;
  readonly env?: Environment | undefined;
}

export interface SelfTest {
  /** Did every check end as it should? */
  readonly isSound: boolean;
  /** What did not work, a sentence each. */
  readonly problems: readonly string[];
  /** How long a product of two 512 x 512 matrices took, in milliseconds. */
  readonly matmulMs: number | null;
  /** Factor on all time limits that suits this computer; 1 on most. */
  readonly timeScale: number;
  readonly run: LabRun;
}

/** How each check of the self-test must end. */
const expected: Readonly<Record<string, CheckStatus>> = {
  right: 'pass',
  wrong: 'fail',
  raises: 'error',
  unwritten: 'todo',
  endless: 'timeout',
  speed: 'pass',
};

/** The product takes as long with the slow BLAS that the limits were chosen with. */
const slowBlasMs = 150;

/** Grades answers that end in every possible way, through the same process and protocol as a lab. */
export async function runSelfTest({ python, signal, env }: SelfTestRequest): Promise<SelfTest> {
  const path = join(shippedKit(), 'self-test');
  const learnerFile = join(path, 'answer.py');
  const run = await runLab({
    lab: { path, lab: selfTestLab },
    learnerFile,
    seed: 1,
    python,
    timeScale: 1,
    signal,
    env,
  });
  const problems = run.reason ? [run.reason.message] : findProblems(run);
  const matmulMs = run.metrics.find(({ name }) => name === 'matmul_ms')?.value ?? null;
  return { isSound: problems.length === 0, problems, matmulMs, timeScale: suggestTimeScale(matmulMs), run };
}

/** In halves, rounded up: a limit that is too long costs nothing. */
export function suggestTimeScale(matmulMs: number | null): number {
  return Math.max(1, Math.ceil((2 * (matmulMs ?? 0)) / slowBlasMs) / 2);
}

function findProblems({ checks }: LabRun): readonly string[] {
  const problems = Object.entries(expected).flatMap(([id, status]) => {
    const check = checks.find((each) => each.id === id);
    if (check?.status === status) return [];
    return [`the check “${id}” should be “${status}” and is “${check?.status ?? 'missing'}”`];
  });
  const raised = checks.find(({ id }) => id === 'raises')?.where?.code;
  if (raised !== 'return 1 / x') problems.push('an exception is not placed at its line');
  const printed = checks.find(({ id }) => id === 'right')?.output ?? '';
  if (!printed.startsWith('this line belongs')) problems.push('what is printed does not arrive with its check');
  return problems;
}

const selfTestLab: Lab = {
  format: 1,
  id: 'self-test',
  title: 'Self-test of the grader',
  summary: 'Ends in every way a check can end.',
  phase: 'none',
  minutes: [1, 1],
  difficulty: 1,
  concepts: [],
  file: 'answer.py',
  serves: [],
  functions: ['right', 'wrong', 'raises', 'unwritten', 'endless'],
  limits: { total_s: 60, memory_mb: 400 },
  hints: {},
};
