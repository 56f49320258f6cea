import type { Curriculum, Question } from '../curriculum/model.js';
import type { EventHistory, EventList } from '../progress/event-history.js';
import type { Progress } from '../progress/progress.js';

export const exportParts = ['tasks', 'events', 'evidence', 'answers', 'labs', 'all'] as const;
export type ExportPart = (typeof exportParts)[number];

/** What an export is made from. Nothing in it tells of the device, and of the time only `today`. */
export interface ExportSource {
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  /** All events in order (at, id), undone ones and undos included. */
  readonly history: EventHistory;
  /** Those in force, in order: no undone ones, no undos. */
  readonly effective: EventList;
  /** First study day of what is wanted, YYYY-MM-DD; undefined for everything. */
  readonly since: string | undefined;
}

/** What an export of the questions themselves is made from. */
export interface QuestionSource extends Pick<ExportSource, 'curriculum' | 'effective' | 'since'> {
  readonly questions: readonly Question[];
}
