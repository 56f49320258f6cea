import type { Gate, LabReport, VerifyFinding } from '../../core/lab/verify-report.js';
import { AppError } from '../../errors.js';
import { createBench } from './bench.js';
import { checkFuzz } from './check-fuzz.js';
import { checkMetadata, checkPlan } from './check-metadata.js';
import { checkMutants } from './check-mutants.js';
import { checkSolution } from './check-solution.js';
import { checkStarter } from './check-starter.js';
import { readPackageFile, type Subject, type VerifyRequest } from './package.js';

/**
 * Holds a lab package to all gates.
 * @throws AppError INTERRUPTED when it was called off, ENVIRONMENT when Python cannot be started.
 */
export async function verifyLab(request: VerifyRequest): Promise<LabReport> {
  const begun = performance.now();
  const { lab, mutants } = request;
  const [starter, solution] = await Promise.all(
    ['starter.py', 'solution.py'].map((name) => readPackageFile(lab, name)),
  );
  const findings: VerifyFinding[] = [];
  const add = (gate: Gate, messages: readonly string[]) => {
    findings.push(...messages.map((message) => ({ gate, message })));
  };
  const blank = { checks: 0, mutantsCaught: 0, seeds: 0, fuzz: 0, slowestCheck: null };
  const report = (known: Partial<LabReport>): LabReport => ({
    id: lab.lab.id,
    ...blank,
    mutants: mutants.length,
    ...known,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    findings,
    notes: notesOn(request.guide),
    isCached: false,
  });
  if (starter === undefined || solution === undefined) {
    add('metadata', [`there is no ${starter === undefined ? 'starter.py' : 'solution.py'}`]);
    return report({});
  }

  const bench = await createBench(lab);
  const subject: Subject = { ...request, starter, solution, bench };
  try {
    add('metadata', checkMetadata(subject));
    request.onProgress?.('starter');
    const start = await checkStarter(subject);
    goOn(request);
    add('metadata', checkPlan(subject, start.run));
    add('starter', start.messages);
    const checks = start.run.checks.length;
    if (checks === 0) return report({});
    const solved = await checkSolution(subject, start.plan);
    goOn(request);
    add('solution', solved.messages);
    const known = { checks, seeds: solved.seeds, slowestCheck: solved.slowestCheck };
    // Where the solution itself fails, everything that compares with it would fail too.
    if (solved.messages.length > 0) return report(known);
    const { caught, messages } = await checkMutants(subject);
    goOn(request);
    add('mutants', messages);
    add(
      'coverage',
      uncovered(
        subject,
        start.run.checks.map(({ id }) => id),
      ),
    );
    const fuzzed = await checkFuzz(subject);
    goOn(request);
    add('fuzz', fuzzed.messages);
    return report({ ...known, mutantsCaught: caught.length, fuzz: fuzzed.tried });
  } finally {
    await bench.remove();
  }
}

/** What could not be looked at. */
export function notesOn(guide: string | undefined): readonly string[] {
  return guide === undefined ? ['no text of the guide was given: `serves` was not looked up'] : [];
}

function goOn({ signal, lab }: VerifyRequest): void {
  if (signal?.aborted) throw new AppError('INTERRUPTED', `Verifying ${lab.lab.id} was interrupted.`);
}

/** A check that no known mistake fails may check nothing. */
function uncovered({ lab: { lab }, mutants }: Subject, checks: readonly string[]): readonly string[] {
  return checks
    .filter((id) => !lab.integration?.includes(id) && !mutants.some(({ fails }) => fails.includes(id)))
    .map((id) => `no mutant fails ${id}, and it is not named in integration`);
}
