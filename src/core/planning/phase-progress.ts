/** How far along each phase is. */
import { type Curriculum, type Phase, servesTrack, type Task } from '../curriculum/model.js';
import { isSettled, type Progress, taskState } from '../progress/progress.js';
import { estimatedMinutes, midpoint } from './estimate.js';

export interface PhaseProgress {
  readonly phase: Phase;
  /** Share of the phase's minutes that are done or waived, 0 to 1; optional tasks, retired tasks and other tracks left out. */
  readonly share: number;
}

export function phaseProgress(
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
): readonly PhaseProgress[] {
  return curriculum.phases
    .filter((phase) => !phase.retired)
    .map((phase) => ({ phase, share: settledShare(curriculum, progress, expectedTasks(phase, track)) }));
}

/** The tasks that count towards finishing the phase on this track. */
export function expectedTasks(phase: Phase, track: string | undefined): readonly Task[] {
  return phase.modules
    .flatMap((module) => module.tasks)
    .filter((task) => !task.retired && !task.optional && servesTrack(task.tracks, track));
}

/** Share of the tasks' minutes that are settled, 0 to 1; 1 when there are none. */
export function settledShare(curriculum: Curriculum, progress: Progress, tasks: readonly Task[]): number {
  let settled = 0;
  let total = 0;
  for (const task of tasks) {
    const minutes = midpoint(estimatedMinutes(task, progress.profile));
    total += minutes;
    if (isSettled(taskState(progress, curriculum, task))) settled += minutes;
  }
  return total === 0 ? 1 : settled / total;
}

/**
 * How ready the learner is for each phase, by id: 1 when its tasks compete on equal terms. A phase opens fully when the
 * `overlap` share of the phase before it is settled, so that nobody has to master everything before contributing;
 * nothing is ever locked.
 */
export function phaseOpenness(phases: readonly PhaseProgress[]): ReadonlyMap<string, number> {
  const openness = new Map<string, number>();
  let before: { readonly share: number; readonly openness: number } = { share: 1, openness: 1 };
  for (const { phase, share } of phases) {
    const needed = phase.overlap ?? 1;
    const own = needed === 0 ? 1 : Math.min(1, before.share / needed);
    const value = Math.min(own, before.openness);
    openness.set(phase.id, value);
    before = { share, openness: value };
  }
  return openness;
}
