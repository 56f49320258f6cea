import type { Task } from '../../core/curriculum/model.js';
import { taskState } from '../../core/progress/progress.js';
import { transition } from '../../core/progress/transitions.js';
import { AppError } from '../../errors.js';
import { findItem, type Study } from '../lookup.js';

/**
 * The tasks that ids of tasks and modules name and that do not count as known yet. A module stands for those of its
 * tasks that are not done.
 * @param ids each may hold several, separated by commas.
 * @throws AppError NOT_FOUND, USAGE; BAD_TRANSITION when a task that is named itself is done.
 */
export function tasksToWaive(study: Study, ids: readonly string[]): readonly Task[] {
  const { curriculum, progress } = study;
  const tasks = new Set<Task>();
  const move = (task: Task) => {
    const state = taskState(progress, curriculum, task)?.status.state ?? 'open';
    return transition('waive', state);
  };
  for (const id of ids.flatMap((each) => each.split(',')).filter(Boolean)) {
    const item = findItem(study, id, 'aisafe init --waive', ['task', 'module']);
    const named =
      item.kind === 'task' ? [item.task] : item.module.tasks.filter((task) => !task.retired && move(task).allowed);
    for (const task of named) {
      const result = move(task);
      if (!result.allowed) {
        throw new AppError('BAD_TRANSITION', `“${task.id}” cannot be waived: ${result.because}.`, {
          hint: `aisafe reopen ${task.id}`,
        });
      }
      if (result.changes) tasks.add(task);
    }
  }
  return [...tasks];
}
