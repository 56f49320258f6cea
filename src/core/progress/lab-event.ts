/** The payloads of events about labs. Kinds and keys are permanent: add, never rename. */
import type { CheckStatus } from '../lab/lab-run.js';

/** What a learner expects a metric to be. */
export type PredictionAnswer =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'direction'; readonly direction: 'up' | 'down' | 'same' }
  | { readonly type: 'unknown' };

/** A check of a run and what became of it. */
export interface CheckOutcome {
  readonly id: string;
  readonly status: CheckStatus;
}

/** A figure that the grader measured: shown with the pass, and what predictions are scored by. */
export interface MeasuredMetric {
  readonly check: string;
  readonly name: string;
  readonly value: number;
}

export interface ScoredPrediction {
  readonly prediction: string;
  readonly right: boolean;
  /** What the metric was. */
  readonly actual: number;
}

export interface LabEventData {
  /** The starter was copied; `folder` is where, on the device of the event. */
  'lab.started': { readonly folder: string };
  'lab.predicted': { readonly prediction: string; readonly answer: PredictionAnswer };
  /** One run that came to an end: what the program could not check is no attempt. */
  'lab.checked': {
    readonly seed: number;
    /** False when only some checks were asked for: such a run passes nothing. */
    readonly fullRun: boolean;
    readonly passed: boolean;
    readonly ms: number;
    readonly python: string;
    readonly numpy: string;
    /** Hash of the lab's grader, support files and lab.yaml: 12 hex digits. */
    readonly labVersion: string;
    /** SHA-256 of what was graded. */
    readonly sourceSha: string;
    readonly checks: readonly CheckOutcome[];
    readonly metrics: readonly MeasuredMetric[];
    /** Topic of the hints for the first check that does not pass. */
    readonly topic: string | null;
  };
  /** What passed, kept once for each content. */
  'lab.submitted': {
    readonly sha: string;
    readonly files: readonly { readonly name: string; readonly text: string }[];
  };
  'lab.predictions-scored': { readonly scores: readonly ScoredPrediction[] };
  /** `step` counts from 1. */
  'lab.hinted': { readonly topic: string; readonly step: number };
  'lab.solution-seen': { readonly gaveUp: boolean };
  /** A fresh starter; `copy` is the name of the file that the work was moved to, null when there was none. */
  'lab.reset': { readonly copy: string | null };
  'lab.bughunt-started': { readonly mutant: string; readonly folder: string };
  'lab.bughunt-solved': { readonly mutant: string; readonly seed: number };
  /** The learner lets the code with this hash run, on the device of the event alone. */
  'lab.trusted': { readonly hash: string };
}
