import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { criterionIds } from '../../core/assessment/support.js';
import { type Item, tasksOf } from '../../core/curriculum/model.js';
import { qualify } from '../../core/progress/progress.js';
import { findItem, openStudy } from '../lookup.js';
import { compareAge, type EvidenceEntry, toEntry } from './entry.js';

export interface ListInput {
  readonly item: string | undefined;
}

export interface ListData {
  readonly item: string | null;
  /** Oldest first. */
  readonly evidence: readonly EvidenceEntry[];
}

/** Lists evidence: all of it, or that of a task, a criterion, a checkpoint, a module or a phase. */
export async function list(context: Context, input: ListInput): Promise<Result<ListData>> {
  const study = await openStudy(context);
  const { curriculum, progress } = study;
  const kinds = ['task', 'criterion', 'checkpoint', 'module', 'phase'] as const;
  const item = input.item === undefined ? undefined : findItem(study, input.item, 'aisafe evidence list', kinds);
  const tasks = [...tasksOf(curriculum)];
  const wanted = item && new Set(idsWithin(item, tasks).map((id) => qualify(curriculum, id)));
  const evidence = [...progress.evidence.values()]
    .filter((each) => !wanted || each.items.some((id) => wanted.has(id)))
    .sort(compareAge)
    .map((each) => toEntry(each, progress, curriculum));
  const hints = evidence.length === 0 && item?.kind === 'task' ? [`aisafe evidence add ${item.id}`] : [];
  return { data: { item: item?.id ?? null, evidence }, hints };
}

/** Ids, present and former, of everything at or below an item that evidence can be attached to. */
function idsWithin(item: Item, tasks: readonly Extract<Item, { kind: 'task' }>[]): readonly string[] {
  const ofTasks = (belongs: (task: Extract<Item, { kind: 'task' }>) => boolean) =>
    tasks.filter(belongs).flatMap(({ task }) => [task.id, ...(task.aliases ?? [])]);
  switch (item.kind) {
    case 'task':
      return ofTasks(({ id }) => id === item.id);
    case 'module':
      return ofTasks(({ module }) => module.id === item.id);
    case 'criterion':
      return criterionIds(item.checkpoint, item.criterion);
    case 'checkpoint':
      return item.checkpoint.criteria.flatMap((criterion) => criterionIds(item.checkpoint, criterion));
    case 'phase': {
      const { checkpoint } = item.phase;
      const criteria = checkpoint?.criteria.flatMap((criterion) => criterionIds(checkpoint, criterion)) ?? [];
      return [...ofTasks(({ phase }) => phase.id === item.id), ...criteria];
    }
    default:
      return [item.id];
  }
}
