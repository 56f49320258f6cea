import type { Curriculum, Question } from '../curriculum/model.js';
import type { StoredEvent } from '../progress/event.js';
import type { Progress } from '../progress/progress.js';

export const exportParts = ['tasks', 'events', 'evidence', 'answers', 'labs', 'all'] as const;
export type ExportPart = (typeof exportParts)[number];

/** The events of one moment, which need not all be in memory: they can be gone through as often as wanted. */
export interface EventHistory extends Iterable<StoredEvent> {
  /** How many there are of the study day (YYYY-MM-DD) and later; all when it is left out. */
  count(since?: string): number;
}

/** What an export is made from. Nothing in it tells of the device, and of the time only `today`. */
export interface ExportSource {
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  /** All events in order (at, id), undone ones and undos included. */
  readonly history: EventHistory;
  /** Those in force, in order: no undone ones, no undos. They can be gone through as often as wanted. */
  readonly effective: Iterable<StoredEvent>;
  /** First study day of what is wanted, YYYY-MM-DD; undefined for everything. */
  readonly since: string | undefined;
}

/** What an export of the questions themselves is made from. */
export interface QuestionSource extends Pick<ExportSource, 'curriculum' | 'effective' | 'since'> {
  readonly questions: readonly Question[];
}
