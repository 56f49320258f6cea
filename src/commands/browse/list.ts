import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type Module, type Phase, servesTrack, type Task } from '../../core/curriculum/model.js';
import { labOfTask } from '../../core/lab/summarise-lab.js';
import { estimatedMinutes, type MinuteRange } from '../../core/planning/estimate.js';
import { focusTrack, isSettled, taskState, taskStateName } from '../../core/progress/progress.js';
import type { TaskStateName } from '../../core/progress/state.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface ListInput {
  readonly id: string | undefined;
  readonly state: TaskStateName | undefined;
  readonly track: string | undefined;
  readonly all: boolean;
  readonly steps: boolean;
}

export interface ListedTask {
  readonly id: string;
  readonly title: string;
  readonly state: TaskStateName;
  readonly optional: boolean;
  readonly retired: boolean;
  readonly minutes: MinuteRange;
  readonly deferredUntil: string | null;
  /** Id of the lab that goes with it. */
  readonly lab: string | null;
  readonly steps: readonly { readonly id: string; readonly text: string; readonly done: boolean }[];
}

export interface ListData {
  readonly track: string | null;
  /** Were steps asked for? They are in the data either way. */
  readonly showSteps: boolean;
  readonly phases: readonly {
    readonly id: string;
    readonly title: string;
    readonly settled: number;
    readonly total: number;
    readonly checkpoint: string | null;
    readonly modules: readonly { readonly id: string; readonly title: string; readonly tasks: readonly ListedTask[] }[];
  }[];
}

export async function list(context: Context, input: ListInput): Promise<Result<ListData>> {
  const study = await openStudy(context);
  const { curriculum, progress } = study;
  const chosen =
    input.track === undefined
      ? focusTrack(progress, curriculum)
      : findItem(study, input.track, 'aisafe list --track', ['track']).id;
  const track = input.all ? undefined : chosen;
  const root =
    input.id === undefined ? undefined : findItem(study, input.id, 'aisafe list', ['phase', 'module', 'task']);
  const day = context.today();

  const inRoot = (phase: Phase, module: Module, task: Task) => {
    if (!root) return true;
    if (root.kind === 'phase') return root.id === phase.id;
    return root.kind === 'module' ? root.id === module.id : root.id === task.id;
  };
  const listed = (phase: Phase, module: Module, task: Task) => {
    const named = root?.kind === 'task';
    const state = taskState(progress, curriculum, task);
    const hidden = !named && !input.all && (!servesTrack(task.tracks, track) || (task.retired && !state));
    return inRoot(phase, module, task) && !hidden && (!input.state || taskStateName(state, day) === input.state);
  };

  const phases = curriculum.phases.flatMap((phase) => {
    const modules = phase.modules.flatMap((module) => {
      const tasks = module.tasks
        .filter((task) => listed(phase, module, task))
        .map((task) => describe(study, task, day));
      return tasks.length === 0 ? [] : [{ id: module.id, title: module.title, tasks }];
    });
    if (modules.length === 0) return [];
    const all = modules.flatMap((module) => module.tasks);
    const settled = all.filter((task) => task.state === 'done' || task.state === 'waived').length;
    return [
      {
        id: phase.id,
        title: phase.title,
        settled,
        total: all.length,
        checkpoint: phase.checkpoint?.id ?? null,
        modules,
      },
    ];
  });
  const data = { track: track ?? null, showSteps: input.steps || root?.kind === 'task', phases };
  return phases.length > 0
    ? { data }
    : { data, outcome: 'negative', hints: ['No task matches. Every task: aisafe list --all'] };
}

function describe({ curriculum, progress }: Study, task: Task, day: string): ListedTask {
  const state = taskState(progress, curriculum, task);
  return {
    id: task.id,
    title: task.title,
    state: taskStateName(state, day),
    optional: task.optional ?? false,
    retired: task.retired ?? false,
    minutes: estimatedMinutes(task, progress.profile),
    deferredUntil: !isSettled(state) && state?.status.state === 'deferred' ? state.status.until : null,
    lab: labOfTask(curriculum, task)?.id ?? null,
    steps: (task.steps ?? []).map((step) => ({
      id: step.id,
      text: step.text,
      done: state?.steps[step.id] !== undefined,
    })),
  };
}
