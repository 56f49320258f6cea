/** Which tasks can be worked on today, and why the others cannot. */
import { type Curriculum, servesTrack, type TaskItem, tasksOf } from '../curriculum/model.js';
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
export function findAvailable(curriculum: Curriculum, progress: Progress, track: string | undefined, day: string): Availability {
  const all = [...tasksOf(curriculum)];
  const open = new Set<string>();
  const names = new Map<string, string>();
  for (const { task } of all) {
    for (const name of [task.id, ...(task.aliases ?? [])]) names.set(name, task.id);
    if (task.retired || !servesTrack(task.tracks, track)) continue;
    const state = taskState(progress, curriculum, task);
    if (!isSettled(state) && state?.status.state !== 'skipped') open.add(task.id);
  }
  const available: AvailableTask[] = [];
  const blocked: BlockedTask[] = [];
  for (const item of all) {
    const { task } = item;
    if (task.retired || !servesTrack(task.tracks, track)) continue;
    const state = taskState(progress, curriculum, task);
    if (isSettled(state)) continue;
    const name = taskStateName(state, day);
    if (name === 'skipped') {
      blocked.push({ item, state, because: { reason: 'skipped' } });
    } else if (name === 'deferred' && state?.status.state === 'deferred') {
      blocked.push({ item, state, because: { reason: 'deferred', until: state.status.until } });
    } else {
      const missing = (task.requires ?? []).map((id) => names.get(id) ?? id).filter((id) => open.has(id));
      // Work that has begun goes on: a prerequisite added by an update does not take it away.
      if (missing.length > 0 && name !== 'started') blocked.push({ item, state, because: { reason: 'requires', tasks: missing } });
      else available.push({ item, state, wasDeferred: state?.status.state === 'deferred' });
    }
  }
  return { available, blocked };
}
