import { type Item, idsOf, type Resource, type Step, type Task } from '../../core/curriculum/model.js';
import { type LabSummary, labOfTask, summariseLab } from '../../core/lab/summarise-lab.js';
import { learnerPace, type MinuteRange, remainingMinutes } from '../../core/planning/estimate.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import { evidenceFor, labState, taskState, taskStateName } from '../../core/progress/progress.js';
import type { TaskStateName } from '../../core/progress/state.js';
import type { Study } from '../lookup.js';
import { conceptLinks, type Link, link, type TaskLink } from './links.js';

/** A task as `aisafe show` prints it. */
export interface ShownTask {
  readonly kind: 'task';
  readonly task: Omit<Task, 'steps' | 'resources' | 'requires' | 'concepts' | 'briefs'>;
  readonly phase: Link;
  readonly module: Link;
  readonly state: TaskStateName;
  readonly stateSince: string | null;
  readonly deferredUntil: string | null;
  readonly reason: string | null;
  readonly minutesLogged: number;
  /** At the learner's pace. */
  readonly minutesLeft: MinuteRange;
  readonly steps: readonly (Step & { readonly done: boolean; readonly doneAt: string | null })[];
  readonly requires: readonly TaskLink[];
  readonly unlocks: readonly TaskLink[];
  readonly concepts: readonly Link[];
  readonly resources: readonly Resource[];
  readonly briefs: readonly Link[];
  readonly lab: (LabSummary & { readonly proves: 'full' | 'part' }) | null;
  readonly evidence: readonly {
    readonly id: string;
    readonly reference: EvidenceReference;
    readonly addedAt: string;
  }[];
  /** The task was edited since the learner last touched it. */
  readonly changedSince: boolean;
}

export function describeTask(
  { task, module, phase }: Extract<Item, { kind: 'task' }>,
  { curriculum, progress, items }: Study,
  day: string,
  taskLinks: (keep: (task: Task) => boolean) => readonly TaskLink[],
): ShownTask {
  const { steps = [], resources = [], requires = [], concepts, briefs = [], ...rest } = task;
  const state = taskState(progress, curriculum, task);
  const status = state?.status;
  const revision = curriculum.revisions[task.id];
  const { pace } = learnerPace(curriculum, progress);
  const lab = labOfTask(curriculum, task);
  return {
    kind: 'task',
    task: rest,
    phase: link(phase),
    module: link(module),
    state: taskStateName(state, day),
    stateSince: status && 'at' in status ? status.at : null,
    deferredUntil: status?.state === 'deferred' ? status.until : null,
    reason: status && 'reason' in status ? (status.reason ?? null) : null,
    minutesLogged: state?.minutes ?? 0,
    minutesLeft: remainingMinutes(task, state, progress.profile, pace),
    steps: steps.map((step) => ({
      ...step,
      done: state?.steps[step.id] !== undefined,
      doneAt: state?.steps[step.id] ?? null,
    })),
    requires: taskLinks((each) => requires.includes(each.id)),
    unlocks: taskLinks((each) => each.requires?.includes(task.id) ?? false),
    concepts: conceptLinks(curriculum, concepts),
    resources: resources.flatMap((id) => {
      const item = items.get(id);
      return item?.kind === 'resource' ? [item.resource] : [];
    }),
    briefs: briefs.flatMap((id) => {
      const item = items.get(id);
      return item?.kind === 'brief' ? [link(item.brief)] : [];
    }),
    lab: lab
      ? { ...summariseLab(lab, labState(progress, curriculum, lab), pace), proves: task.lab_proves ?? 'part' }
      : null,
    evidence: evidenceFor(progress, curriculum, idsOf(task)).map(({ id, reference, addedAt }) => ({
      id,
      reference,
      addedAt,
    })),
    changedSince:
      state?.revision !== undefined && state.revision !== null && revision !== undefined && state.revision !== revision,
  };
}
