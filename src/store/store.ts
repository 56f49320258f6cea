import type { CurriculumCache } from '../core/curriculum/cache.js';
import type { NewEvent, StoredEvent } from '../core/progress/event.js';
import type { EventHistory, EventList } from '../core/progress/event-history.js';
import type { Progress } from '../core/progress/progress.js';
import type { CardProgress, SittingState, TaskStateName } from '../core/progress/state.js';
import type { ConfidenceCount, RecordedAnswer } from '../core/quiz/recorded-answer.js';

/** One user action, as `undo --list` shows it. */
export interface Action {
  readonly id: string;
  readonly at: string;
  readonly device: string;
  /** Its events in order, at least one. */
  readonly events: readonly StoredEvent[];
}

export interface StoredHistory {
  /** Undone ones and undos included. */
  readonly all: EventHistory;
  /** Those in force: no undone ones, no undos. */
  readonly effective: EventList;
}

export interface MergeReport {
  /** Events in the input. */
  readonly read: number;
  /** Events that were new here. */
  readonly added: number;
  /** Events that were here already, with the same content. */
  readonly known: number;
  /** New events of a kind that this version does not know: kept, not applied. */
  readonly unknownKinds: Readonly<Record<string, number>>;
  /** Ids that are here with other content: the event in the store is kept. */
  readonly conflicts: readonly string[];
  /** Different events in the input. */
  readonly distinct: number;
  /** Events of the input that share an id and say different things, by their places in it: from 0. */
  readonly contradictions: readonly { readonly id: string; readonly first: number; readonly again: number }[];
  /** Tasks that stand otherwise than before, in order of id. */
  readonly tasks: readonly TaskChange[];
  /** The backup that was made first; null when nothing was at risk. */
  readonly backup: Backup | null;
}

export interface TaskChange {
  /** Qualified by its curriculum. */
  readonly id: string;
  readonly from: TaskStateName;
  readonly to: TaskStateName;
}

export interface MergeOptions {
  /** Told of each event that is new here. */
  readonly onAdded?: (event: StoredEvent) => void;
  /** Asked at the end; when it says no, the store is as it was before. */
  readonly isWanted?: (report: MergeReport) => boolean;
}

export interface Backup {
  readonly path: string;
  readonly at: string;
  readonly bytes: number;
  readonly reason: string;
}

/** What is known of an event whose data cannot be read. */
export interface EventName {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
}

export interface MendedEvents {
  /** Events that a backup had. */
  readonly putBack: readonly EventName[];
  /** Events that no backup had; they are not in the store any more. */
  readonly takenOut: readonly EventName[];
  /** A copy of the store as it was. */
  readonly copy: string;
  /** Events that are there now, from which progress was rebuilt. */
  readonly events: number;
}

export type CheckStatus = 'ok' | 'warning' | 'failed';

export interface StoreCheck {
  readonly id: string;
  readonly status: CheckStatus;
  readonly message: string;
  readonly hint?: string;
}

export interface AnswerFilter {
  /** Id of a curriculum. */
  readonly curriculum?: string;
  /** Id of a question; only with `curriculum`. */
  readonly question?: string;
  /** Id of a sitting: its answers alone, by index; `since` does not count then. */
  readonly sitting?: string;
  /** UTC instant, included. */
  readonly since?: string;
}

export interface CardsUntil {
  /** Due, never scheduled or suspended, by question id. */
  readonly cards: ReadonlyMap<string, CardProgress>;
  /** Ids of the questions that are due later. */
  readonly later: ReadonlySet<string>;
}

/** What something was worked out from. */
export interface DerivedFrom {
  /** The history and the day: what was worked out at another moment is dropped. */
  readonly moment: string;
  /** The versions of the content that was looked at. */
  readonly content: string;
}

/** What was worked out before, as JSON. */
export interface DerivedCache {
  read(name: string, from: DerivedFrom): string | undefined;
  /** Written by `settle()`. */
  keep(name: string, from: DerivedFrom, json: string): void;
}

/** What the store knows of questions: kept apart from `progress()`, so that starting up does not read it. */
export interface QuestionStore {
  /** Every question of a curriculum that was ever touched, by its id; kept until the next write of this process. */
  cards(curriculum: string): ReadonlyMap<string, CardProgress>;
  /** `cards` of which those that are due only after the study day are not read: their ids are told. By index. */
  cardsUntil(curriculum: string, day: string): CardsUntil;
  /** Was any question of a curriculum ever touched? */
  hasCards(curriculum: string): boolean;
  /** One question, read alone. */
  card(curriculum: string, question: string): CardProgress | undefined;
  /** Cards that are due on the study day, suspended ones left out: longest due first, at most `limit`. By index. */
  dueCards(curriculum: string, day: string, limit: number): ReadonlyMap<string, CardProgress>;
  /** How many cards fall due on each study day from `from` to `to`, both included; days without are left out. By index. */
  dueCounts(curriculum: string, from: string, to: string): ReadonlyMap<string, number>;
  /** Cards whose last answer was wrong although the learner was at least so sure (0.5 to 1), surest first. By index. */
  sureButWrong(curriculum: string, confidence: number): ReadonlyMap<string, CardProgress>;
  /** Answers in force, in order (at, id), skipped ones included. */
  answers(filter?: AnswerFilter): IterableIterator<RecordedAnswer>;
  /** How often each confidence went with each result, over all answers in force that have one and were not skipped. */
  confidences(curriculum: string): readonly ConfidenceCount[];
  /** One sitting, read alone. */
  sitting(id: string): SittingState | undefined;
  /** Sittings by id, oldest first; `open`: only those that can be resumed. */
  sittings(filter?: { readonly open?: boolean }): ReadonlyMap<string, SittingState>;
}

/**
 * The learner's history and what follows from it. All methods are synchronous and throw AppError (codes STORE_*).
 * Every write is one immediate transaction: events and projections together.
 */
export interface Store extends QuestionStore {
  readonly path: string;
  readonly device: string;
  /** What went wrong beside the writes (a daily backup that failed), in sentences for the learner. */
  readonly warnings: readonly string[];
  /** All projections; kept until the next write of this process. */
  progress(): Progress;
  /** Adds the events of one user action. Returns what was stored. */
  append(events: readonly NewEvent[]): readonly StoredEvent[];
  /** Events in order (at, id), undone ones and undos included unless `effective`; `since` is an inclusive UTC instant. */
  events(filter?: {
    readonly since?: string;
    readonly subject?: string;
    readonly kind?: string;
    readonly effective?: boolean;
  }): IterableIterator<StoredEvent>;
  /** The events of this moment: what is written later is not among them. They are read in pages, as often as wanted. */
  history(): StoredHistory;
  /** Actions that are in force, newest first; undos are not actions. */
  actions(limit: number): readonly Action[];
  /** Takes back the newest `count` actions; returns them, newest first. Takes fewer when there are fewer. */
  undo(count: number): readonly Action[];
  /**
   * Adds events from elsewhere, by id; idempotent and commutative. Events were validated by the caller, or their
   * iterator throws: then nothing is merged. A backup of what was before is made when it adds to a history; when that
   * fails, nothing is merged. The events are taken one at a time.
   */
  merge(events: Iterable<StoredEvent>, options?: MergeOptions): MergeReport;
  /** Drops all projections and replays every event. Returns the number of events. */
  rebuild(): number;
  /** Mends events whose data cannot be read, and rebuilds the projections; undefined when there are none. */
  mendEvents(): MendedEvents | undefined;
  readonly curriculumCache: CurriculumCache;
  readonly derived: DerivedCache;
  /** Goes up with every event; never newer than `progress()`, whoever writes meanwhile. */
  historyVersion(): number;
  /** Writes a verified copy (VACUUM INTO) to the backup folder, or to `path`. */
  backup(reason: string, path?: string): Backup;
  /** Backups in the backup folder, newest first. */
  backups(): readonly Backup[];
  /** Integrity, foreign keys, projections == replay, versions, permissions. */
  check(): readonly StoreCheck[];
  /** Does what was left for later, the daily backup for one: to be called at the end, before `warnings` are told. */
  settle(): void;
  close(): void;
}
