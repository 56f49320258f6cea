/** One run of the checks of a lab, called off by Ctrl-C, with what could not be checked told apart from what failed. */
import type { Context } from '../../context.js';
import type { CheckResult, LabRun, Reason } from '../../core/lab/lab-run.js';
import { AppError } from '../../errors.js';
import type { StartedGrader } from '../../labs/grader-process.js';
import type { LabPlace } from './place.js';
import { findLabPython, timeScale } from './python.js';

export interface RunOptions {
  readonly place: LabPlace;
  /** Absolute path of the file that is graded. */
  readonly file: string;
  readonly seed: number;
  readonly only: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly onCheck?: (check: CheckResult) => void;
  /** A Python that was started ahead; another one is started when it is not the one that grades. */
  readonly ahead?: StartedGrader | undefined;
}

/** @throws AppError NO_PYTHON when there is nothing to run it with. */
export async function runChecks(context: Context, options: RunOptions): Promise<LabRun> {
  const { place, file, seed, only, signal, onCheck, ahead } = options;
  const { study } = place;
  const python = await findLabPython(context, study);
  const { runLab } = await import('../../labs/run-lab.js');
  const running = runLab({
    lab: place.package,
    learnerFile: file,
    seed,
    only,
    python: python.executable,
    timeScale: timeScale(study),
    signal,
    onCheck,
    env: context.env,
    started: ahead?.python === python.executable ? ahead : undefined,
  });
  // What is saved of the run names the time zone, which takes long to look up: there is time for it now.
  void context.clock.timeZone;
  return running;
}

/** The same with a spinner that counts. */
export async function runWithSpinner(context: Context, options: Omit<RunOptions, 'signal'>): Promise<LabRun> {
  const { lab } = options.place;
  const spinner = context.spinner(`Checking ${lab.id}`);
  let done = 0;
  try {
    return await context.interruptible((signal) =>
      runChecks(context, {
        ...options,
        signal,
        onCheck: (check) => {
          done += 1;
          options.onCheck?.(check);
          spinner.update(`Checking ${lab.id}: ${done} done, last ${check.id}`);
        },
      }),
    );
  } finally {
    spinner.stop();
  }
}

/**
 * What keeps a run from saying anything about the learner's code, as the error that it ends in.
 * @param details machine-readable particulars of the run.
 */
export function couldNotCheck({ lab, isShipped }: LabPlace, reason: Reason | null, details: unknown): AppError {
  const message = reason?.message ?? 'the run ended without a result';
  switch (reason?.code) {
    case 'INTERRUPTED':
      return new AppError('INTERRUPTED', 'Stopped. Nothing of this run was kept.', {
        hint: `aisafe lab check ${lab.id}`,
        details,
      });
    case 'NO_NUMPY':
      return new AppError('NO_PYTHON', `${message} Nothing is said about your code.`, {
        hint: 'aisafe lab doctor',
        details,
      });
    default:
      return new AppError(
        'LAB_INVALID',
        `The lab “${lab.title}” is faulty, so nothing is said about your code: ${message}`,
        {
          hint: isShipped
            ? `Please report it with the output of: aisafe lab check ${lab.id} --json`
            : `aisafe lab verify ${lab.id}`,
          details,
        },
      );
  }
}

/** A seed for a run: five digits at most, so that it can be typed. */
export function drawSeed(context: Context): number {
  const [a = 0, b = 0, c = 0] = context.random.bytes(3);
  return ((a << 16) | (b << 8) | c) % 100_000;
}

/** The seed of the run: the one asked for, else that on which the last full run failed, else a new one. */
export function chooseSeed(context: Context, { state }: LabPlace, asked: number | undefined): number {
  return asked ?? state?.failedSeed ?? drawSeed(context);
}
