/** Moving tasks: what `start`, `done`, `skip`, `defer`, `waive` and `reopen` share. */
import type { Context } from '../../context.js';
import type { Item, Task, TaskItem } from '../../core/curriculum/model.js';
import { findAvailable } from '../../core/planning/availability.js';
import type { MinuteRange } from '../../core/planning/estimate.js';
import { estimatedMinutes } from '../../core/planning/estimate.js';
import type { NewEvent } from '../../core/progress/event.js';
import { focusTrack, taskState, taskStateName, taskSubject } from '../../core/progress/progress.js';
import type { TaskStateName } from '../../core/progress/state.js';
import { type TaskMove, transition } from '../../core/progress/transitions.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface MovedItem {
  readonly id: string;
  readonly title: string;
  readonly from: TaskStateName;
  readonly to: TaskStateName;
  /** False when it was so already. */
  readonly changed: boolean;
  /** The step that was ticked or unticked, when the move was about a step. */
  readonly step: { readonly id: string; readonly text: string } | null;
  readonly steps: readonly { readonly id: string; readonly text: string; readonly done: boolean }[];
  readonly minutes: { readonly estimated: MinuteRange; readonly logged: number };
  readonly why: string;
  readonly resources: readonly { readonly id: string; readonly title: string; readonly url: string }[];
  /** What would be good evidence, when none is there yet. */
  readonly evidencePrompt: string | null;
  readonly deferredUntil: string | null;
}

export interface MoveData {
  readonly move: TaskMove;
  readonly items: readonly MovedItem[];
  /** Tasks that became available by this. */
  readonly unlocked: readonly { readonly id: string; readonly title: string }[];
}

type Target = Extract<Item, { kind: 'task' | 'step' }>;

/** What a move writes for one task or step; no events: nothing would change. */
export type EventsFor = (target: Target) => readonly NewEvent[];

/**
 * Moves tasks (and, for `done` and `reopen`, steps) in one action.
 * @param extra events that belong to the move, such as time or evidence; built only when the move is allowed.
 * @throws AppError NOT_FOUND, USAGE, BAD_TRANSITION; nothing is written then.
 */
export async function moveItems(
  context: Context,
  move: TaskMove,
  ids: readonly string[],
  eventsFor: EventsFor,
  extra: (study: Study, targets: readonly Target[]) => Promise<readonly NewEvent[]> = async () => [],
): Promise<MoveData> {
  const study = await openStudy(context);
  const { curriculum, progress, store } = study;
  const day = context.today();
  const kinds = move === 'done' || move === 'reopen' ? (['task', 'step'] as const) : (['task'] as const);
  const targets = [...new Set(ids)].map((id) => findItem(study, id, `aisafe ${move}`, kinds));
  const track = focusTrack(progress, curriculum);
  const before = new Set(findAvailable(curriculum, progress, track, day).available.map(({ item }) => item.id));

  const events: NewEvent[] = [];
  const changed = new Map<string, { readonly from: TaskStateName; readonly changes: boolean }>();
  for (const target of targets) {
    const from = taskStateName(taskState(progress, curriculum, target.task), day);
    const changes = target.kind === 'step' ? stepChanges(study, target, move) : taskChanges(target.task, move, from);
    changed.set(target.id, { from, changes });
    if (changes) events.push(...eventsFor(target));
  }
  events.push(...(await extra(study, targets)));
  if (events.length > 0) store.append(events);

  const after = store.progress();
  const unlocked = findAvailable(curriculum, after, track, day).available.filter(({ item }) => !before.has(item.id));
  return {
    move,
    items: targets.map((target) => {
      const { from, changes } = changed.get(target.id) ?? { from: 'open', changes: false };
      return describeItem({ ...study, progress: after }, target, from, changes, day);
    }),
    unlocked: unlocked
      .filter(({ item }) => !targets.some((target) => target.task.id === item.id))
      .map(({ item }) => ({ id: item.id, title: item.task.title })),
  };
}

function taskChanges(task: Task, move: TaskMove, from: TaskStateName): boolean {
  const result = transition(move, from);
  if (result.allowed) return result.changes;
  throw new AppError('BAD_TRANSITION', `“${task.id}” cannot be ${pastOf[move]}: ${result.because}.`, {
    hint: `aisafe reopen ${task.id}`,
    details: { id: task.id, state: from, move },
  });
}

const pastOf: Readonly<Record<TaskMove, string>> = {
  start: 'started',
  done: 'done',
  skip: 'skipped',
  defer: 'deferred',
  waive: 'waived',
  reopen: 'reopened',
};

function stepChanges(
  { curriculum, progress }: Study,
  { task, step }: Extract<Item, { kind: 'step' }>,
  move: TaskMove,
): boolean {
  const ticked = taskState(progress, curriculum, task)?.steps[step.id] !== undefined;
  return ticked === (move === 'reopen');
}

function describeItem(
  { curriculum, progress, items }: Study,
  target: Target,
  from: TaskStateName,
  changed: boolean,
  day: string,
): MovedItem {
  const { task } = target;
  const state = taskState(progress, curriculum, task);
  const evidence = [...progress.evidence.values()].some((each) => each.items.includes(`${curriculum.id}/${task.id}`));
  return {
    id: target.id,
    title: task.title,
    from,
    to: taskStateName(state, day),
    changed,
    step: target.kind === 'step' ? { id: target.step.id, text: target.step.text } : null,
    steps: (task.steps ?? []).map((step) => ({
      id: step.id,
      text: step.text,
      done: state?.steps[step.id] !== undefined,
    })),
    minutes: { estimated: estimatedMinutes(task, progress.profile), logged: state?.minutes ?? 0 },
    why: task.why,
    resources: (task.resources ?? []).flatMap((id) => {
      const item = items.get(id);
      return item?.kind === 'resource' ? [{ id, title: item.resource.title, url: item.resource.url }] : [];
    }),
    evidencePrompt: !evidence && task.evidence ? task.evidence.prompt : null,
    deferredUntil: state?.status.state === 'deferred' ? state.status.until : null,
  };
}

/** An event about a task, with the revision that the learner saw. */
export function aboutTask(
  { curriculum }: Study,
  { task }: Pick<TaskItem, 'task'>,
): { readonly subject: string; readonly revision: string | null } {
  return { subject: taskSubject(curriculum, task), revision: curriculum.revisions[task.id] ?? null };
}
