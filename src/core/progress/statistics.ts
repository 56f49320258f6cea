/** Figures about a learner's progress: shares, minutes spent and minutes ahead. */
import type { Curriculum, Task } from '../curriculum/model.js';
import { learnerPace, midpoint, remainingMinutes } from '../planning/estimate.js';
import { expectedTasks, settledShare } from '../planning/phase-progress.js';
import { isSettled, type Progress, taskState } from './progress.js';

export interface TaskTotals {
  /** Share of the minutes that are settled, 0 to 1. */
  readonly share: number;
  readonly settled: number;
  readonly started: number;
  readonly total: number;
  /** Minutes logged. */
  readonly spent: number;
  /** Minutes ahead at the learner's pace: middle of the estimates. */
  readonly ahead: number;
}

export interface ModuleFigures extends TaskTotals {
  readonly id: string;
  readonly title: string;
}

export interface PhaseFigures extends ModuleFigures {
  readonly modules: readonly ModuleFigures[];
}

/** Figures of every phase and module. Optional tasks, retired tasks and other tracks are left out, but their time counts. */
export function phaseFigures(
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
): readonly PhaseFigures[] {
  const { pace } = learnerPace(curriculum, progress);
  return curriculum.phases
    .filter((phase) => !phase.retired)
    .map((phase) => {
      const expected = new Set(expectedTasks(phase, track));
      const figures = (tasks: readonly Task[]) => totals(curriculum, progress, tasks, expected, pace);
      return {
        id: phase.id,
        title: phase.title,
        ...figures(phase.modules.flatMap((module) => module.tasks)),
        modules: phase.modules
          .filter((module) => module.tasks.some((task) => expected.has(task)))
          .map((module) => ({ id: module.id, title: module.title, ...figures(module.tasks) })),
      };
    });
}

function totals(
  curriculum: Curriculum,
  progress: Progress,
  tasks: readonly Task[],
  expected: ReadonlySet<Task>,
  pace: number,
): TaskTotals {
  let settled = 0;
  let started = 0;
  let spent = 0;
  let ahead = 0;
  const counted = tasks.filter((task) => expected.has(task));
  for (const task of tasks) spent += taskState(progress, curriculum, task)?.minutes ?? 0;
  for (const task of counted) {
    const state = taskState(progress, curriculum, task);
    if (isSettled(state)) settled += 1;
    else {
      if (state?.status.state === 'started') started += 1;
      if (state?.status.state !== 'skipped') ahead += midpoint(remainingMinutes(task, state, progress.profile, pace));
    }
  }
  return { share: settledShare(curriculum, progress, counted), settled, started, total: counted.length, spent, ahead };
}
