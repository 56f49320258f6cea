/** What a beginner may know already: the phase that is asked about, and what their background does to its length. */
import { type Curriculum, type Module, type Phase, servesTrack, type Task } from '../curriculum/model.js';
import type { MinuteRange } from '../planning/estimate.js';
import { expectedTasks } from '../planning/phase-progress.js';
import type { NewEvent } from '../progress/event.js';
import { type Progress, taskState, taskSubject } from '../progress/progress.js';

/** The phase that holds what people bring with them: the first one that ends in a checkpoint, else the first. */
export function placementPhase(curriculum: Curriculum): Phase | undefined {
  const phases = curriculum.phases.filter((phase) => !phase.retired);
  return phases.find((phase) => phase.checkpoint !== undefined) ?? phases[0];
}

export interface PlacementList {
  readonly module: Module;
  /** Not done yet. */
  readonly tasks: readonly Task[];
  /** Those of them that count as known already. */
  readonly waived: readonly Task[];
}

/** What to ask about, module by module; modules with nothing to ask are left out. */
export function placementLists(
  phase: Phase,
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
): readonly PlacementList[] {
  return phase.modules
    .filter((module) => !module.retired)
    .map((module) => {
      const stateOf = (task: Task) => taskState(progress, curriculum, task)?.status.state;
      const tasks = module.tasks.filter(
        (task) => !task.retired && servesTrack(task.tracks, track) && stateOf(task) !== 'done',
      );
      return { module, tasks, waived: tasks.filter((task) => stateOf(task) === 'waived') };
    })
    .filter(({ tasks }) => tasks.length > 0);
}

/** Why a task that was marked as known is waived. */
const knownReason = 'known at placement';

/** The events that make exactly `known` of the list's tasks count as known; none when they do already. */
export function placementEvents(
  curriculum: Curriculum,
  { tasks, waived }: Pick<PlacementList, 'tasks' | 'waived'>,
  known: readonly Task[],
): readonly NewEvent[] {
  return tasks.flatMap((task): readonly NewEvent[] => {
    const is = waived.includes(task);
    const shouldBe = known.includes(task);
    if (is === shouldBe) return [];
    const about = { subject: taskSubject(curriculum, task), revision: curriculum.revisions[task.id] ?? null };
    return [
      shouldBe
        ? { kind: 'task.waived', ...about, data: { reason: knownReason } }
        : { kind: 'task.reopened', ...about, data: {} },
    ];
  });
}

export interface BackgroundEstimate {
  /** Tasks that take longer without a STEM background. */
  readonly tasks: number;
  /** Minutes for all of them as a refresher. */
  readonly refresher: MinuteRange;
  /** Minutes for all of them when the subject is new. */
  readonly fromScratch: MinuteRange;
}

/** What the background decides: how long the phase takes in the tasks (the mathematics) that come with two estimates. */
export function backgroundEstimate(phase: Phase, track: string | undefined): BackgroundEstimate | undefined {
  const tasks = expectedTasks(phase, track).flatMap(({ minutes, minutes_from_scratch: fromScratch }) =>
    fromScratch ? [{ minutes, fromScratch }] : [],
  );
  if (tasks.length === 0) return undefined;
  return {
    tasks: tasks.length,
    refresher: sum(tasks.map(({ minutes }) => minutes)),
    fromScratch: sum(tasks.map(({ fromScratch }) => fromScratch)),
  };
}

function sum(ranges: readonly MinuteRange[]): MinuteRange {
  return [ranges.reduce((total, [low]) => total + low, 0), ranges.reduce((total, [, high]) => total + high, 0)];
}
