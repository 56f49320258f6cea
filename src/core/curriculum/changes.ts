/** What a changed curriculum does to a learner's progress. Pure; nothing is ever lost, and this says how. */
import { isSettled, type Progress, qualify, taskState } from '../progress/progress.js';
import type { TaskState } from '../progress/state.js';
import { type Curriculum, type Item, idsOf, indexItems, type Task, type TaskItem, tasksOf } from './model.js';

export type ChangeKind = 'added' | 'edited' | 'renamed' | 'moved' | 'retired' | 'removed';

export interface CurriculumChange {
  readonly change: ChangeKind;
  readonly id: string;
  readonly title: string;
  /** The id before, when it was renamed. */
  readonly formerId: string | null;
  /** Where the learner stands with it; null when untouched. */
  readonly state: TaskState['status']['state'] | null;
  /** What it means for the learner, in a sentence. */
  readonly effect: string;
}

/** What is known of the tasks before the change: their revisions and, when the whole curriculum is at hand, more. */
export interface Baseline {
  /** Content hash of each task by id. */
  readonly revisions: Readonly<Record<string, string>>;
  /** The curriculum before, when it can still be read. */
  readonly curriculum?: Curriculum;
  /** False when only the tasks that the learner touched are known, so that new ones cannot be told. */
  readonly complete: boolean;
}

/** The revisions that the learner saw when they last touched each task: a baseline where no other is on record. */
export function baselineFromProgress(progress: Progress, curriculum: Pick<Curriculum, 'id'>): Baseline {
  const revisions: Record<string, string> = {};
  const prefix = `${curriculum.id}/`;
  for (const [name, state] of progress.task) {
    if (name.startsWith(prefix) && state.revision !== null) revisions[name.slice(prefix.length)] = state.revision;
  }
  return { revisions, complete: false };
}

/** Every task that differs between the baseline and `after`, in the order of `after`; removed ones last. */
export function compareCurriculum(
  baseline: Baseline,
  after: Curriculum,
  progress: Progress,
): readonly CurriculumChange[] {
  const before = baseline.curriculum && indexItems(baseline.curriculum);
  const changes = [...tasksOf(after)].flatMap((item) => changeOf(item, baseline, before, after, progress) ?? []);
  const present = new Set([...tasksOf(after)].flatMap(({ task }) => idsOf(task)));
  const removed = Object.keys(baseline.revisions).filter((id) => !present.has(id));
  return [...changes, ...removed.map((id) => removal(id, before?.get(id), progress.task.get(qualify(after, id))))];
}

function changeOf(
  item: TaskItem,
  baseline: Baseline,
  before: ReadonlyMap<string, Item> | undefined,
  after: Curriculum,
  progress: Progress,
): CurriculumChange | undefined {
  const { task } = item;
  const state = taskState(progress, after, task);
  const formerId = idsOf(task).find((id) => baseline.revisions[id] !== undefined);
  if (formerId === undefined)
    return baseline.complete && !task.retired ? describe('added', task, null, state) : undefined;
  const former = before?.get(formerId);
  const edited = baseline.revisions[formerId] !== after.revisions[task.id];
  const kind = kindOfChange(item, formerId, former?.kind === 'task' ? former : undefined, edited);
  return kind && describe(kind, task, formerId === task.id ? null : formerId, state);
}

function removal(id: string, former: Item | undefined, state: TaskState | undefined): CurriculumChange {
  const title = former?.kind === 'task' ? former.task.title : id;
  return {
    change: 'removed',
    id,
    title,
    formerId: null,
    state: state?.status.state ?? null,
    effect: effectOf('removed', state),
  };
}

function kindOfChange(
  { task, module, phase }: TaskItem,
  formerId: string,
  former: TaskItem | undefined,
  edited: boolean,
): ChangeKind | undefined {
  if (task.retired && !former?.task.retired && (former || edited)) return 'retired';
  if (formerId !== task.id) return 'renamed';
  if (former && (former.module.id !== module.id || former.phase.id !== phase.id)) return 'moved';
  return edited ? 'edited' : undefined;
}

function describe(
  change: ChangeKind,
  task: Task,
  formerId: string | null,
  state: TaskState | undefined,
): CurriculumChange {
  return {
    change,
    id: task.id,
    title: task.title,
    formerId,
    state: state?.status.state ?? null,
    effect: effectOf(change, state),
  };
}

function effectOf(change: ChangeKind, state: TaskState | undefined): string {
  const settled = isSettled(state);
  switch (change) {
    case 'added':
      return 'new; it will be offered when its prerequisites are met';
    case 'edited':
      if (!state) return 'new wording; you have not begun it';
      return settled ? 'stays done' : 'your ticked steps and your time are kept';
    case 'renamed':
      return state ? 'everything you did carries over to the new id' : 'only its id is new';
    case 'moved':
      return 'has another place; what you did is kept';
    case 'retired':
      return state ? 'no longer offered; what you did is kept and counted in your history' : 'no longer offered';
    case 'removed':
      return state
        ? 'no longer in the curriculum; what you did stays in your history and your exports'
        : 'no longer in the curriculum';
  }
}
