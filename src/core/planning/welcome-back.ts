/** Coming back after a break: what is worth a second look before going on. */
import { type Curriculum, type Task, tasksOf } from '../curriculum/model.js';
import { type Progress, taskState } from '../progress/progress.js';

export interface WelcomeBack {
  /** Whole days since anything was recorded. */
  readonly days: number;
  /** Done tasks that what comes next builds on, most recent first, at most three. */
  readonly refresh: readonly { readonly id: string; readonly title: string; readonly doneAt: string }[];
}

const awayDays = 7;

/**
 * Undefined when the learner was here within the last week.
 * @param last when something was recorded last, ISO 8601.
 * @param next what the task that comes next builds on.
 */
export function welcomeBack(
  curriculum: Curriculum,
  progress: Progress,
  { last, now }: { readonly last: string; readonly now: Date },
  next: Pick<Task, 'requires' | 'concepts'>,
): WelcomeBack | undefined {
  const days = Math.floor((now.getTime() - Date.parse(last)) / 86_400_000);
  if (days < awayDays) return undefined;
  const required = new Set(next.requires ?? []);
  const concepts = new Set(next.concepts ?? []);
  const refresh = [...tasksOf(curriculum)]
    .flatMap(({ task }) => {
      const state = taskState(progress, curriculum, task);
      if (state?.status.state !== 'done') return [];
      const relevance =
        (required.has(task.id) ? 2 : 0) + ((task.concepts ?? []).some((concept) => concepts.has(concept)) ? 1 : 0);
      return [{ id: task.id, title: task.title, doneAt: state.status.at, relevance }];
    })
    .sort((a, b) => b.relevance - a.relevance || (a.doneAt < b.doneAt ? 1 : -1))
    .slice(0, 3)
    .map(({ relevance: _relevance, ...task }) => task);
  return { days, refresh };
}

/** The latest instant in the learner's progress, ISO 8601. */
export function lastActivity(progress: Progress): string | undefined {
  let last: string | undefined;
  const consider = (at: string | undefined) => {
    if (at !== undefined && (last === undefined || at > last)) last = at;
  };
  for (const state of progress.task.values()) consider(state.lastAt);
  for (const state of progress.checkpoint.values()) {
    for (const attempt of state.attempts) {
      consider(attempt.finishedAt ?? attempt.startedAt);
      for (const answer of Object.values(attempt.answers)) consider(answer.at);
    }
  }
  for (const state of progress.evidence.values()) consider(state.addedAt);
  for (const state of progress.note.values()) consider(state.at);
  return last;
}
