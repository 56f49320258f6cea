/** What can happen. Events are only ever added; everything the program knows about a learner is folded from them. */
import type { Answer, QuizResult } from '../quiz/answer.js';
import type { SchedulingRecord } from '../schedule/card.js';
import type { LabEventData } from './lab-event.js';

export type Support =
  | { readonly type: 'self-attested' }
  | { readonly type: 'evidence'; readonly evidence: readonly string[] };

/** What a piece of evidence points at. `sha256` is that of the file's bytes when it was added. */
export type EvidenceReference =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'commit'; readonly repository: string; readonly commit: string }
  | { readonly type: 'file'; readonly path: string; readonly sha256: string; readonly bytes: number }
  | { readonly type: 'note'; readonly text: string }
  | LabReference;

/** A pass of a lab on the learner's own computer. */
export interface LabReference {
  readonly type: 'lab';
  readonly curriculum: string;
  readonly lab: string;
  /** Hash of the lab's grader, support files and lab.yaml: 12 hex digits. */
  readonly version: string;
  readonly seed: number;
  /** SHA-256 of what was graded. */
  readonly sha256: string;
  /** Was the solution seen before? Such a pass counts for no checkpoint. */
  readonly assisted: boolean;
}

export type Background = 'stem' | 'other';

/** Why a question was asked. Checks and placements measure: they schedule nothing unless a record says so. */
export type SittingMode = 'quiz' | 'review' | 'check' | 'placement';

/** A question that a sitting asks, with the seed that draws its values and shuffles its options. */
export interface SittingItem {
  readonly question: string;
  readonly seed: string;
}

/** The payload of each kind of event. Kinds and keys are permanent: add, never rename. */
export interface EventData extends LabEventData {
  'task.started': Record<never, never>;
  'task.done': Record<never, never>;
  'task.skipped': { readonly reason?: string };
  'task.deferred': { readonly until: string };
  'task.waived': { readonly reason?: string };
  'task.reopened': Record<never, never>;
  'step.done': { readonly step: string };
  'step.reopened': { readonly step: string };
  'time.logged': { readonly minutes: number };
  'note.added': { readonly item: string; readonly text: string };
  'note.removed': Record<never, never>;
  'evidence.added': {
    readonly items: readonly string[];
    readonly reference: EvidenceReference;
    readonly note?: string;
  };
  'evidence.verified': { readonly holds: boolean; readonly message: string };
  'evidence.removed': Record<never, never>;
  'checkpoint.started': { readonly attempt: string };
  'checkpoint.answered': {
    readonly attempt: string;
    readonly criterion: string;
    /** 0 to 3: an index into the criterion's anchored levels. */
    readonly level: number;
    readonly support: Support;
  };
  'checkpoint.finished': { readonly attempt: string; readonly ready: boolean };
  'question.answered': {
    /** Id of the sitting; null outside one. */
    readonly sitting: string | null;
    readonly mode: SittingMode;
    readonly seed: string;
    readonly answer: Answer;
    readonly result: QuizResult;
    /** 0 to 1. */
    readonly score: number;
    /** How sure the learner was of being right before the reveal, 0.5 to 1; null when it was not asked. */
    readonly confidence: number | null;
    /** Milliseconds from showing the question to the answer; null when nobody waited (an answers file). */
    readonly ms: number | null;
    /** Those of the question when it was answered, the main one first. */
    readonly concepts: readonly string[];
    /** Null when the answer scheduled nothing. */
    readonly scheduling: SchedulingRecord | null;
  };
  'question.flagged': { readonly note: string };
  'question.unflagged': Record<never, never>;
  'card.suspended': { readonly reason: 'leech' | 'learner' };
  'card.resumed': Record<never, never>;
  /** Forgets what was remembered of the question; the answers stay in the history. */
  'card.reset': { readonly reason: 'meaning-changed' | 'leech' | 'learner' };
  'sitting.started': {
    readonly mode: SittingMode;
    readonly curriculum: string;
    /** What was asked for (a phase, module, concept or task); null for everything. */
    readonly topic: string | null;
    readonly items: readonly SittingItem[];
    readonly startedAt: string;
  };
  'sitting.finished': Record<never, never>;
  'profile.set': { readonly background?: Background; readonly hoursPerWeek?: number };
  'focus.set': {
    readonly track: string | null;
    /** Option chosen for each question of the questionnaire, when it was answered. */
    readonly answers?: Readonly<Record<string, string>>;
  };
  'setting.set': { readonly value: string };
  'setting.removed': Record<never, never>;
  'curriculum.added': { readonly path: string };
  'curriculum.removed': Record<never, never>;
  /** The learner has seen what this version of the curriculum changed for them. `items`: revision of each task by id. */
  'curriculum.accepted': {
    readonly version: string;
    readonly revision: string;
    readonly items: Readonly<Record<string, string>>;
  };
  'action.undone': { readonly action: string };
}

export type EventKind = keyof EventData;

interface EventOf<K extends string, D> {
  /** UUIDv7. */
  readonly id: string;
  /** Id of the first event of the user action that this event belongs to: one action is one undo. */
  readonly action: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  /** The learner's study day, YYYY-MM-DD: it begins at 04:00 local time. */
  readonly day: string;
  /** IANA name of the time zone that `day` was taken in. */
  readonly tz: string;
  readonly device: string;
  readonly kind: K;
  /** What it is about: see subject.ts. */
  readonly subject: string;
  /** Content hash of the item that the learner saw; null when the subject is not an item. */
  readonly revision: string | null;
  readonly data: D;
}

export type AnyEvent = { [K in EventKind]: EventOf<K, EventData[K]> }[EventKind];

/** An event as stored or imported: its kind may be one that this version does not know. It is kept and not applied. */
export type StoredEvent = EventOf<string, unknown>;

/** An event before the store gives it id, time and device. */
export type NewEvent = {
  [K in EventKind]: {
    readonly kind: K;
    readonly subject: string;
    readonly revision?: string | null;
    readonly data: EventData[K];
  };
}[EventKind];

const knownKinds: Readonly<Record<EventKind, true>> = {
  'task.started': true,
  'task.done': true,
  'task.skipped': true,
  'task.deferred': true,
  'task.waived': true,
  'task.reopened': true,
  'step.done': true,
  'step.reopened': true,
  'time.logged': true,
  'note.added': true,
  'note.removed': true,
  'evidence.added': true,
  'evidence.verified': true,
  'evidence.removed': true,
  'checkpoint.started': true,
  'checkpoint.answered': true,
  'checkpoint.finished': true,
  'question.answered': true,
  'question.flagged': true,
  'question.unflagged': true,
  'card.suspended': true,
  'card.resumed': true,
  'card.reset': true,
  'sitting.started': true,
  'sitting.finished': true,
  'lab.started': true,
  'lab.predicted': true,
  'lab.checked': true,
  'lab.submitted': true,
  'lab.predictions-scored': true,
  'lab.hinted': true,
  'lab.solution-seen': true,
  'lab.reset': true,
  'lab.bughunt-started': true,
  'lab.bughunt-solved': true,
  'lab.trusted': true,
  'profile.set': true,
  'focus.set': true,
  'setting.set': true,
  'setting.removed': true,
  'curriculum.added': true,
  'curriculum.removed': true,
  'curriculum.accepted': true,
  'action.undone': true,
};

/** Does this version know how to apply the event? Payloads were checked when the event entered the store. */
/** The same event with other data; no copy when it is the same. */
export function withData(event: StoredEvent, data: unknown): StoredEvent {
  return data === event.data ? event : { ...event, data };
}

export function isKnownEvent(event: StoredEvent): event is AnyEvent {
  return Object.hasOwn(knownKinds, event.kind);
}
