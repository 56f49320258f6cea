import type { QuizResult } from '../quiz/answer.js';
import type { ConfidenceCount } from '../quiz/recorded-answer.js';
import type { CardState } from '../schedule/card.js';
import type { Background, EvidenceReference, SittingItem, SittingMode, Support } from './event.js';
import type { LabState } from './lab-state.js';

export type TaskStatus =
  | { readonly state: 'open' }
  | { readonly state: 'started'; readonly at: string }
  | { readonly state: 'done'; readonly at: string }
  | { readonly state: 'skipped'; readonly at: string; readonly reason?: string }
  /** `until` is a study day, YYYY-MM-DD; from that day on the task is offered again. */
  | { readonly state: 'deferred'; readonly at: string; readonly until: string }
  | { readonly state: 'waived'; readonly at: string; readonly reason?: string };

export type TaskStateName = TaskStatus['state'];

/** Where a learner stands with one task. */
export interface TaskState {
  readonly status: TaskStatus;
  /** When each ticked step was ticked, by step id. */
  readonly steps: Readonly<Record<string, string>>;
  /** Minutes logged, all in all. */
  readonly minutes: number;
  /** When it was first started or touched. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** Content hash of the task when the learner last touched it. */
  readonly revision: string | null;
}

export interface CriterionAnswer {
  readonly level: number;
  readonly support: Support;
  readonly at: string;
  readonly revision: string | null;
}

export interface CheckpointAttempt {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly ready?: boolean;
  readonly answers: Readonly<Record<string, CriterionAnswer>>;
}

export interface CheckpointState {
  /** Oldest first. */
  readonly attempts: readonly CheckpointAttempt[];
}

export interface EvidenceState {
  readonly id: string;
  /** Ids of the tasks or criteria that it supports, qualified: `aisafe/build-mlp`. */
  readonly items: readonly string[];
  readonly reference: EvidenceReference;
  readonly note?: string;
  readonly addedAt: string;
  readonly verified?: { readonly at: string; readonly holds: boolean; readonly message: string };
}

export interface NoteState {
  readonly id: string;
  /** Qualified id of the item. */
  readonly item: string;
  readonly text: string;
  readonly at: string;
}

export interface ProfileState {
  readonly background?: Background;
  readonly hoursPerWeek?: number;
  readonly at: string;
}

export interface FocusState {
  readonly track: string | null;
  readonly answers?: Readonly<Record<string, string>>;
  readonly at: string;
}

export interface SettingState {
  /** Set last, whatever the device. */
  readonly value: string;
  /** Of a setting that is about one computer: the value on each device where there is one. */
  readonly devices?: Readonly<Record<string, string>>;
}

export interface CurriculumState {
  /** Where the learner added it from, by device; empty for the shipped one. */
  readonly folders: Readonly<Record<string, string>>;
  readonly accepted?: {
    readonly at: string;
    readonly version: string;
    readonly revision: string;
    readonly items: Readonly<Record<string, string>>;
  };
}

/** What is known of a learner and one question. Skipped questions leave no trace in it. */
export interface CardProgress {
  readonly card: CardState;
  /** Answers given, of any mode. */
  readonly answers: number;
  readonly correct: number;
  /** Of the last answer; null before the first. */
  readonly lastAt: string | null;
  readonly lastResult: Exclude<QuizResult, 'skipped'> | null;
  /** 0.5 to 1; null when it was not asked. */
  readonly lastConfidence: number | null;
  /** How often each confidence went with each result; answers without a confidence are left out. */
  readonly confidences: readonly ConfidenceCount[];
  /** Times that it was forgotten after having been scheduled, since the card was new. */
  readonly lapses: number;
  /** Right answers in a row: up to now, and at most. */
  readonly streaks: { readonly now: number; readonly best: number };
  /** `revision`: the question's when it was flagged. */
  readonly flagged: { readonly at: string; readonly note: string; readonly revision: string | null } | null;
  readonly suspended: { readonly at: string; readonly reason: 'leech' | 'learner' } | null;
  /** The question's concepts at the last answer, the main one first. */
  readonly concepts: readonly string[];
  /** Content hash of the question when it was last answered. */
  readonly revision: string | null;
}

/** One run of questions. What was answered in it is told by the answers, which name it. */
export interface SittingState {
  readonly id: string;
  readonly mode: SittingMode;
  readonly curriculum: string;
  readonly topic: string | null;
  readonly items: readonly SittingItem[];
  readonly startedAt: string;
  /** Null while it can be resumed. */
  readonly finishedAt: string | null;
}

/** The state that each kind of subject folds to. */
export interface StateOf {
  task: TaskState;
  checkpoint: CheckpointState;
  card: CardProgress;
  lab: LabState;
  sitting: SittingState;
  evidence: EvidenceState;
  note: NoteState;
  profile: ProfileState;
  focus: FocusState;
  setting: SettingState;
  curriculum: CurriculumState;
}

export type State = StateOf[keyof StateOf];
