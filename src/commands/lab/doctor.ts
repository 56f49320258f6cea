import { join } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { findPython, type PythonCandidate } from '../../labs/find-python.js';
import { runLab } from '../../labs/run-lab.js';
import { suggestTimeScale, timeMatrixProduct } from '../../labs/time-python.js';
import { openStudy, type Study } from '../lookup.js';
import { labFolder, placeOf } from './place.js';
import { pythonRequest, timeScale } from './python.js';

export interface DoctorData {
  readonly candidates: readonly Omit<PythonCandidate, 'recipe'>[];
  /** The one that grades labs; null when there is none. */
  readonly python: { readonly executable: string; readonly version: string; readonly numpy: string } | null;
  /** What to paste when there is none. */
  readonly hint: string | null;
  readonly message: string | null;
  /** A whole run of a lab that must pass; null when there was nothing to run it with, or no lab of ours. */
  readonly selfTest: {
    readonly lab: string;
    readonly passed: boolean;
    readonly message: string | null;
    readonly ms: number;
    /** Until NumPy was imported. */
    readonly bootMs: number;
  } | null;
  /** Milliseconds of a 512 x 512 matrix product. */
  readonly matrixProductMs: number | null;
  readonly timeScale: { readonly set: number; readonly suggested: number };
  /** Where new labs go. */
  readonly labFolder: string;
}

/** Every Python that might grade labs, why it does or does not, and a run through the real grader. */
export async function doctor(context: Context): Promise<Result<DoctorData>> {
  const study = await openStudy(context);
  const spinner = context.spinner('Looking for Python');
  try {
    const found = await findPython({ ...pythonRequest(context, study), all: true });
    const candidates = found.candidates.map(({ recipe: _recipe, ...candidate }) => candidate);
    const python = found.type === 'found' ? found.python : null;
    spinner.update('Running a lab');
    const selfTest = python && (await testItself(context, study, python.executable));
    const product = python ? await timeMatrixProduct(python.executable, context.env) : undefined;
    const data: DoctorData = {
      candidates,
      python: python && { executable: python.executable, version: python.version, numpy: python.numpy },
      hint: found.type === 'found' ? null : found.hint,
      message: found.type === 'found' ? found.note : found.message,
      selfTest,
      matrixProductMs: product ?? null,
      timeScale: { set: timeScale(study), suggested: product === undefined ? 1 : suggestTimeScale(product) },
      labFolder: labFolder(context, study),
    };
    const isWell = python !== null && selfTest?.passed !== false;
    return { data, outcome: isWell ? 'ok' : 'negative' };
  } finally {
    spinner.stop();
  }
}

/** The shortest lab that comes with the program, with its own solution. */
async function testItself(context: Context, study: Study, python: string): Promise<DoctorData['selfTest']> {
  const [lab] = [...study.curriculum.labs].sort((a, b) => a.limits.total_s - b.limits.total_s);
  if (!lab) return null;
  const place = await placeOf(context, study, lab);
  // Other people's code is not run to try something out.
  if (!place.isShipped) return null;
  const run = await context.interruptible((signal) =>
    runLab({
      lab: place.package,
      learnerFile: join(place.package.path, 'solution.py'),
      seed: 1,
      python,
      timeScale: timeScale(study),
      signal,
      env: context.env,
    }),
  );
  const red = run.checks.find(({ status }) => status !== 'pass');
  const message = run.reason?.message ?? (red ? `${red.id}: ${red.message}` : null);
  return { lab: lab.id, passed: run.verdict === 'passed', message, ms: Math.round(run.ms), bootMs: run.bootMs };
}
