import type { CheckOutcome, MeasuredMetric, PredictionAnswer } from './lab-event.js';

/** A run that passed every check of a lab. */
export interface LabPass {
  readonly at: string;
  /** Study day, YYYY-MM-DD. */
  readonly day: string;
  /** Id of the event that tells of the run. */
  readonly attempt: string;
  readonly version: string;
  readonly seed: number;
  readonly python: string;
  readonly numpy: string;
  readonly sourceSha: string;
  readonly metrics: readonly MeasuredMetric[];
  /** The solution had been seen before. */
  readonly assisted: boolean;
}

export interface LabAttempt {
  readonly at: string;
  readonly seed: number;
  readonly fullRun: boolean;
  readonly passed: boolean;
  readonly checks: readonly CheckOutcome[];
  /** Topic of the hints for the first check that does not pass. */
  readonly topic: string | null;
}

export interface MadePrediction {
  readonly answer: PredictionAnswer;
  readonly at: string;
  /** Null until a pass; nothing is scored for a learner who did not commit to anything. */
  readonly scored: { readonly right: boolean; readonly actual: number } | null;
}

export interface BugHunt {
  readonly mutant: string;
  readonly startedAt: string;
  /** Where the file is, by device. */
  readonly folders: Readonly<Record<string, string>>;
  readonly solvedAt: string | null;
}

/** Where a learner stands with one lab. The sources that passed are in the events alone. */
export interface LabState {
  /** Where the learner works on it, by device. */
  readonly folders: Readonly<Record<string, string>>;
  /** Null before the first start. */
  readonly startedAt: string | null;
  readonly lastAt: string;
  /** Runs that came to an end. */
  readonly attempts: number;
  readonly last: LabAttempt | null;
  /** Seed of the last full run that did not pass; null once one has passed since. */
  readonly failedSeed: number | null;
  /** The pass that counts: the latest, but none that was assisted after one that was not. */
  readonly passed: LabPass | null;
  /** SHA-256 of each source that was kept. */
  readonly submissions: readonly string[];
  /** Steps seen of each topic of hints. */
  readonly hints: Readonly<Record<string, number>>;
  /** The last time that the solution was shown. `gaveUp`: before there was a pass. */
  readonly solutionSeen: { readonly at: string; readonly day: string; readonly gaveUp: boolean } | null;
  /** When the learner last began from the starter again; null when the solution was seen after that. */
  readonly resetAt: string | null;
  readonly predictions: Readonly<Record<string, MadePrediction>>;
  readonly hunts: readonly BugHunt[];
  /** Content hash of the code that may run, by device. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Content hash of lab.yaml when the learner last touched it. */
  readonly revision: string | null;
}

export type LabStanding = 'not-started' | 'started' | 'assisted' | 'passed';

/** In one word; `assisted`: passed, but only with the solution seen before. */
export function labStanding(state: LabState | undefined): LabStanding {
  if (state?.passed) return state.passed.assisted ? 'assisted' : 'passed';
  return state && (state.startedAt !== null || state.attempts > 0) ? 'started' : 'not-started';
}

/**
 * Would a pass on this study day count as unaided? Yes, unless the solution was seen before the first unaided pass; then
 * once more after a fresh start from the starter, on a later study day than that on which it was seen.
 */
export function isAided(state: LabState | undefined, day: string): boolean {
  if (!state?.solutionSeen) return false;
  if (state.passed && !state.passed.assisted) return false;
  return !(state.resetAt !== null && day > state.solutionSeen.day);
}
