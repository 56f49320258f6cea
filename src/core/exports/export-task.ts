import type { TaskItem } from '../curriculum/model.js';
import type { TaskState, TaskStatus } from '../progress/state.js';
import type { ExportedTask } from './export-schema.js';

export interface TaskRecord {
  readonly curriculum: string;
  readonly id: string;
  /** Undefined when the curriculum in use has no such task. */
  readonly item: TaskItem | undefined;
  readonly state: TaskState | undefined;
  /** Ids of the evidence that names it. */
  readonly evidence: readonly string[];
}

/** One task with all that is known of it. A deferral is told with its day, whatever day it is today. */
export function exportTask({ curriculum, id, item, state, evidence }: TaskRecord): ExportedTask {
  const status: TaskStatus = state?.status ?? { state: 'open' };
  return {
    curriculum,
    id,
    title: item?.task.title ?? null,
    phase: item?.phase.id ?? null,
    module: item?.module.id ?? null,
    kind: item?.task.kind ?? null,
    state: status.state,
    stateSince: 'at' in status ? status.at : null,
    deferredUntil: 'until' in status ? status.until : null,
    reason: 'reason' in status ? (status.reason ?? null) : null,
    steps: exportSteps(item, state),
    minutes: state?.minutes ?? 0,
    firstAt: state?.firstAt ?? null,
    lastAt: state?.lastAt ?? null,
    revision: state?.revision ?? null,
    evidence: [...evidence],
  };
}

/** The steps of the curriculum in its order, then ticked ones that it has dropped. */
function exportSteps(item: TaskItem | undefined, state: TaskState | undefined): ExportedTask['steps'] {
  const steps = item?.task.steps ?? [];
  const known = new Set(steps.map((step) => step.id));
  const ticked = Object.entries(state?.steps ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const doneAt = new Map(ticked);
  return [
    ...steps.map(({ id, text }) => ({ id, text, doneAt: doneAt.get(id) ?? null })),
    ...ticked.filter(([id]) => !known.has(id)).map(([id, at]) => ({ id, text: null, doneAt: at })),
  ];
}
