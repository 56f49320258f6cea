/** Which tasks can be worked on today, and why the others cannot. */
import { type Curriculum, idsOf, servesTrack, type Task, type TaskItem, tasksOf } from '../curriculum/model.js';
import { isSettled, type Progress, taskState, taskStateName } from '../progress/progress.js';
import type { TaskState } from '../progress/state.js';

export interface AvailableTask {
  readonly item: TaskItem;
  readonly state: TaskState | undefined;
  /** A deferral that has ended brought it back. */
  readonly wasDeferred: boolean;
}

export interface BlockedTask {
  readonly item: TaskItem;
  readonly state: TaskState | undefined;
  readonly because:
    | { readonly reason: 'requires'; readonly tasks: readonly string[] }
    | { readonly reason: 'deferred'; readonly until: string }
    | { readonly reason: 'skipped' };
}

export interface Availability {
  readonly available: readonly AvailableTask[];
  readonly blocked: readonly BlockedTask[];
}

/**
 * Sorts the unsettled tasks of a track into those that can be worked on and those that must wait. A prerequisite is met
 * when its task is settled, or skipped (the learner's own choice), or retired, or outside the track.
 * @param track undefined: tasks of every track.
 * @param day the study day, YYYY-MM-DD.
 */
export function findAvailable(
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
  day: string,
): Availability {
  const all = [...tasksOf(curriculum)];
  const unmet = unmetPrerequisites(all, curriculum, progress, track);
  const available: AvailableTask[] = [];
  const blocked: BlockedTask[] = [];
  for (const item of all) {
    const state = taskState(progress, curriculum, item.task);
    if (item.task.retired || !servesTrack(item.task.tracks, track) || isSettled(state)) continue;
    const because = reasonToWait(item.task, state, unmet, day);
    if (because) blocked.push({ item, state, because });
    else available.push({ item, state, wasDeferred: state?.status.state === 'deferred' });
  }
  return { available, blocked };
}

function reasonToWait(
  task: Task,
  state: TaskState | undefined,
  unmet: (task: Task) => readonly string[],
  day: string,
): BlockedTask['because'] | undefined {
  const name = taskStateName(state, day);
  if (name === 'skipped') return { reason: 'skipped' };
  if (name === 'deferred' && state?.status.state === 'deferred')
    return { reason: 'deferred', until: state.status.until };
  // Work that has begun goes on: a prerequisite added by an update does not take it away.
  const tasks = name === 'started' ? [] : unmet(task);
  return tasks.length > 0 ? { reason: 'requires', tasks } : undefined;
}

/** For a task, the prerequisites that are still open, under their present ids. */
function unmetPrerequisites(
  all: readonly TaskItem[],
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
): (task: Task) => readonly string[] {
  const presentIds = new Map<string, string>();
  const open = new Set<string>();
  for (const { task } of all) {
    for (const name of idsOf(task)) presentIds.set(name, task.id);
    if (task.retired || !servesTrack(task.tracks, track)) continue;
    const state = taskState(progress, curriculum, task);
    if (!isSettled(state) && state?.status.state !== 'skipped') open.add(task.id);
  }
  return (task) => (task.requires ?? []).map((id) => presentIds.get(id) ?? id).filter((id) => open.has(id));
}
