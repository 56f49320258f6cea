/** How long things take this learner. All figures are minutes. */
import { type Curriculum, type Task, tasksOf } from '../curriculum/model.js';
import { type Progress, taskState } from '../progress/progress.js';
import type { ProfileState, TaskState } from '../progress/state.js';

export type MinuteRange = readonly [low: number, high: number];

/**
 * The author's estimate for someone of this background. Mathematics takes people without a STEM background several
 * times as long, and tasks say so; who has not told us their background gets the shorter estimate.
 */
export function estimatedMinutes(task: Task, profile: ProfileState | undefined): MinuteRange {
  if (profile?.background === 'other' && task.minutes_from_scratch) return task.minutes_from_scratch;
  return task.minutes;
}

export function midpoint([low, high]: MinuteRange): number {
  return (low + high) / 2;
}

/**
 * The learner's pace: minutes logged over minutes estimated, on done tasks with time logged. 1 is the author's
 * estimate, 1.5 takes half as long again. Four hours of work at pace 1 are added on both sides, so that the first few
 * tasks do not swing it, and it stays within 0.5 and 3.
 */
export function learnerPace(
  curriculum: Curriculum,
  progress: Progress,
): { readonly pace: number; readonly tasks: number } {
  const priorMinutes = 240;
  let actual = priorMinutes;
  let estimated = priorMinutes;
  let tasks = 0;
  for (const { task } of tasksOf(curriculum)) {
    const state = taskState(progress, curriculum, task);
    if (state?.status.state !== 'done' || state.minutes === 0) continue;
    actual += state.minutes;
    estimated += midpoint(estimatedMinutes(task, progress.profile));
    tasks += 1;
  }
  return { pace: Math.min(3, Math.max(0.5, actual / estimated)), tasks };
}

/**
 * Minutes still ahead in a task, at the learner's pace: the unticked share of its steps, or what is left of the
 * estimate after the time logged (never less than a quarter of it, because unfinished work is not nearly finished
 * just because time has passed).
 */
export function remainingMinutes(
  task: Task,
  state: TaskState | undefined,
  profile: ProfileState | undefined,
  pace: number,
): MinuteRange {
  const [low, high] = estimatedMinutes(task, profile);
  const left = unfinishedShare(task, state, midpoint([low, high]) * pace);
  const round = (minutes: number) => Math.max(5, Math.round((minutes * pace * left) / 5) * 5);
  return [round(low), round(high)];
}

function unfinishedShare(task: Task, state: TaskState | undefined, total: number): number {
  if (!state) return 1;
  const steps = task.steps ?? [];
  const ticked = steps.filter((step) => state.steps[step.id] !== undefined).length;
  if (ticked > 0) return Math.max(1, steps.length - ticked) / steps.length;
  return Math.max(0.25, 1 - state.minutes / total);
}
