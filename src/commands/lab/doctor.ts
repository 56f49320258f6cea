import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { findPython, type PythonCandidate } from '../../labs/find-python.js';
import { runSelfTest } from '../../labs/self-test.js';
import { openStudy } from '../lookup.js';
import { labFolder } from './place.js';
import { pythonRequest, timeScale } from './python.js';

export interface DoctorData {
  readonly candidates: readonly Omit<PythonCandidate, 'recipe'>[];
  /** The one that grades labs; null when there is none. */
  readonly python: { readonly executable: string; readonly version: string; readonly numpy: string } | null;
  /** What to paste when there is none. */
  readonly hint: string | null;
  readonly message: string | null;
  /** Answers that end in every possible way, graded like those of a lab; null when there was nothing to run them with. */
  readonly selfTest: {
    readonly passed: boolean;
    /** What did not work, a sentence each. */
    readonly problems: readonly string[];
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
    spinner.update('Trying the grader out');
    const test =
      python &&
      (await context.interruptible((signal) => runSelfTest({ python: python.executable, signal, env: context.env })));
    const data: DoctorData = {
      candidates,
      python: python && { executable: python.executable, version: python.version, numpy: python.numpy },
      hint: found.type === 'found' ? null : found.hint,
      message: found.type === 'found' ? found.note : found.message,
      selfTest: test && {
        passed: test.isSound,
        problems: test.problems,
        ms: Math.round(test.run.ms),
        bootMs: test.run.bootMs,
      },
      matrixProductMs: test?.matmulMs ?? null,
      timeScale: { set: timeScale(study), suggested: test?.timeScale ?? 1 },
      labFolder: labFolder(context, study),
    };
    return { data, outcome: data.selfTest?.passed ? 'ok' : 'negative' };
  } finally {
    spinner.stop();
  }
}
