/** What one run of a lab's grader found out: plain data, the same for the screen, for `--json` and for the store. */

/**
 * pass: the property holds · fail: it does not · error: an exception in the learner's code · todo: not written yet ·
 * timeout: still running at its limit · crash: the process ended in the middle of it · skip: not run ·
 * grader_error: the lab itself is faulty.
 */
export const checkStatuses = ['pass', 'fail', 'error', 'todo', 'timeout', 'crash', 'skip', 'grader_error'] as const;

export type CheckStatus = (typeof checkStatuses)[number];

/** A line of the learner's own file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Function that the line belongs to. */
  readonly func: string;
  /** Text of the line, without indentation. */
  readonly code: string;
}

export interface CheckResult {
  readonly id: string;
  /** The property that is checked, in one line. */
  readonly title: string;
  readonly status: CheckStatus;
  readonly ms: number;
  /** One sentence. */
  readonly message: string;
  /** Expected against got, in several lines. */
  readonly details: string | null;
  readonly where: Place | null;
  /** The calls through the learner's file that led there. */
  readonly chain: readonly Place[];
  /** Topic of the lab's hints. */
  readonly hint: string | null;
  /** The learner's functions that it calls. */
  readonly uses: readonly string[];
  /** What the learner's code printed meanwhile; a long text keeps its beginning and its end. */
  readonly output: string;
}

/** A number that a check measured. */
export interface Metric {
  readonly check: string;
  readonly name: string;
  readonly value: number;
}

export type ReasonCode =
  | 'NO_DONE'
  | 'LOAD_FAILED'
  | 'FORBIDDEN'
  | 'GRADER_ERROR'
  | 'NO_NUMPY'
  | 'INTERRUPTED'
  | 'TIMEOUT'
  | 'DIED';

/** Why a run ended otherwise than by its checks. */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
  readonly where: Place | null;
}

export interface PythonUsed {
  readonly executable: string;
  readonly version: string;
  readonly numpy: string;
}

/**
 * not-yet: something in the learner's code is missing or wrong · could-not-check: nothing is said about the learner's
 * code, because Python, the lab or the learner's Ctrl-C stopped the run.
 */
export type Verdict = 'passed' | 'not-yet' | 'could-not-check';

export interface LabRun {
  readonly verdict: Verdict;
  readonly reason: Reason | null;
  readonly seed: number;
  /** Were all checks asked for? Only such a run can pass. */
  readonly fullRun: boolean;
  /** Factor on every time limit; a run with less than 1 cannot pass. */
  readonly timeScale: number;
  /** In the order of the plan; empty when the lab could not be read. */
  readonly checks: readonly CheckResult[];
  readonly metrics: readonly Metric[];
  readonly output: {
    /** What was printed while the learner's file was loaded. */
    readonly load: string;
    /** Characters of output that were left out, all sections together. */
    readonly left: number;
  };
  readonly python: PythonUsed | null;
  readonly ms: number;
  /** Until NumPy was imported. */
  readonly bootMs: number;
}

/** The check to look at first: the first of the plan that is not green and was not merely skipped. */
export function firstRed(run: Pick<LabRun, 'checks'>): CheckResult | undefined {
  return run.checks.find(({ status }) => status !== 'pass' && status !== 'skip');
}
