import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { estimatedMinutes, type MinuteRange } from '../../core/planning/estimate.js';
import { taskState, taskStateName, taskSubject } from '../../core/progress/progress.js';
import type { TaskStateName } from '../../core/progress/state.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy } from '../lookup.js';

export interface LogInput {
  readonly id: string;
  readonly minutes: number | undefined;
}

export interface LogData {
  readonly task: string;
  readonly title: string;
  readonly minutes: number;
  /** Logged on this task, all in all. */
  readonly total: number;
  readonly estimated: MinuteRange;
  readonly state: TaskStateName;
}

export async function log(context: Context, { id, minutes }: LogInput): Promise<Result<LogData>> {
  const study = await openStudy(context);
  const { curriculum, store } = study;
  const { task } = findItem(study, id, 'aisafe log', ['task', 'step']);
  if (minutes === undefined) {
    throw new AppError('MISSING_ARGUMENT', `How long did you work on “${task.id}”? That needs --minutes.`, {
      hint: `aisafe log ${id} --minutes 30`,
    });
  }
  store.append([
    {
      kind: 'time.logged',
      subject: taskSubject(curriculum, task),
      revision: curriculum.revisions[task.id] ?? null,
      data: { minutes },
    },
  ]);
  const progress = store.progress();
  const state = taskState(progress, curriculum, task);
  return {
    data: {
      task: task.id,
      title: task.title,
      minutes,
      total: state?.minutes ?? minutes,
      estimated: estimatedMinutes(task, progress.profile),
      state: taskStateName(state, context.today()),
    },
  };
}
