import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { attemptsAt } from '../../core/assessment/attempts.js';
import type {
  Brief,
  Checkpoint,
  Concept,
  Criterion,
  Item,
  Module,
  Phase,
  Program,
  Resource,
  Step,
  Task,
  Track,
} from '../../core/curriculum/model.js';
import { tasksOf } from '../../core/curriculum/model.js';
import { criterionAnswer, isSettled, qualify, taskState, taskStateName } from '../../core/progress/progress.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { conceptLink, conceptLinks, type Link, link, type TaskLink } from './links.js';
import { describeLab, type ShownLab } from './show-lab.js';
import { describeTask, type ShownTask } from './show-task.js';

export interface ShowInput {
  readonly id: string;
}

interface Shared {
  readonly id: string;
  readonly notes: readonly { readonly id: string; readonly text: string; readonly at: string }[];
}

export type ShowData = Shared &
  (
    | {
        readonly kind: 'phase';
        readonly phase: Omit<Phase, 'modules' | 'checkpoint'>;
        readonly modules: readonly (Link & { readonly settled: number; readonly total: number })[];
        readonly checkpoint: Link | null;
      }
    | {
        readonly kind: 'module';
        readonly module: Omit<Module, 'tasks'>;
        readonly phase: Link;
        readonly tasks: readonly TaskLink[];
      }
    | ShownTask
    | ShownLab
    | {
        readonly kind: 'step';
        readonly step: Step;
        readonly task: Link;
        readonly done: boolean;
        readonly doneAt: string | null;
      }
    | {
        readonly kind: 'checkpoint';
        readonly checkpoint: Omit<Checkpoint, 'criteria'>;
        readonly phase: Link;
        readonly criteria: readonly (Link & { readonly level: number | null; readonly pass: number })[];
      }
    | {
        readonly kind: 'criterion';
        readonly criterion: Criterion;
        readonly checkpoint: Link;
        readonly level: number | null;
        readonly tasks: readonly TaskLink[];
        readonly concepts: readonly Link[];
      }
    | {
        readonly kind: 'concept';
        readonly concept: Concept;
        readonly requires: readonly Link[];
        readonly requiredBy: readonly Link[];
        readonly taughtBy: readonly TaskLink[];
      }
    | {
        readonly kind: 'resource';
        readonly resource: Resource;
        readonly usedBy: readonly TaskLink[];
        readonly supersededBy: Link | null;
      }
    | { readonly kind: 'program'; readonly program: Program }
    | { readonly kind: 'brief'; readonly brief: Brief; readonly sources: readonly Resource[] }
    | { readonly kind: 'track'; readonly track: Track; readonly tasks: readonly TaskLink[] }
  );

export async function show(context: Context, { id }: ShowInput): Promise<Result<ShowData>> {
  const study = await openStudy(context);
  const item = findItem(study, id, 'aisafe show');
  return { data: { ...describe(item, study, context.today()), id: item.id, notes: notesOn(item, study) } as ShowData };
}

function notesOn(item: Item, { curriculum, progress }: Study): Shared['notes'] {
  const qualified = qualify(curriculum, item.id);
  return [...progress.note.values()]
    .filter((note) => note.item === qualified)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id, text, at }) => ({ id, text, at }));
}

type Described<K = ShowData> = K extends ShowData ? Omit<K, keyof Shared> : never;

function describe(item: Item, study: Study, day: string): Described {
  const { curriculum, progress } = study;
  const taskLink = (task: Task): TaskLink => ({
    id: task.id,
    title: task.title,
    state: taskStateName(taskState(progress, curriculum, task), day),
  });
  const taskLinks = (keep: (task: Task) => boolean): readonly TaskLink[] =>
    [...tasksOf(curriculum)].filter(({ task }) => !task.retired && keep(task)).map(({ task }) => taskLink(task));
  switch (item.kind) {
    case 'phase': {
      const { modules, checkpoint, ...phase } = item.phase;
      const settledOf = (module: Module) =>
        module.tasks.filter((task) => isSettled(taskState(progress, curriculum, task))).length;
      return {
        kind: 'phase',
        phase,
        modules: modules.map((module) => ({
          id: module.id,
          title: module.title,
          settled: settledOf(module),
          total: module.tasks.length,
        })),
        checkpoint: checkpoint ? { id: checkpoint.id, title: checkpoint.title } : null,
      };
    }
    case 'module': {
      const { tasks, ...module } = item.module;
      return {
        kind: 'module',
        module,
        phase: link(item.phase),
        tasks: tasks.filter((task) => !task.retired).map(taskLink),
      };
    }
    case 'task':
      return describeTask(item, study, day, taskLinks);
    case 'step': {
      const doneAt = taskState(progress, curriculum, item.task)?.steps[item.step.id] ?? null;
      return { kind: 'step', step: item.step, task: link(item.task), done: doneAt !== null, doneAt };
    }
    case 'checkpoint': {
      const { criteria, ...checkpoint } = item.checkpoint;
      return {
        kind: 'checkpoint',
        checkpoint,
        phase: link(item.phase),
        criteria: criteria
          .filter((criterion) => !criterion.retired)
          .map((criterion) => ({
            id: `${item.id}/${criterion.id}`,
            title: criterion.question,
            level: lastLevel(study, item.checkpoint, criterion),
            pass: criterion.pass,
          })),
      };
    }
    case 'criterion':
      return {
        kind: 'criterion',
        criterion: item.criterion,
        checkpoint: link(item.checkpoint),
        level: lastLevel(study, item.checkpoint, item.criterion),
        tasks: taskLinks((task) => item.criterion.covers.tasks?.includes(task.id) ?? false),
        concepts: conceptLinks(curriculum, item.criterion.covers.concepts),
      };
    case 'concept':
      return {
        kind: 'concept',
        concept: item.concept,
        requires: conceptLinks(curriculum, item.concept.requires),
        requiredBy: curriculum.concepts.filter((each) => each.requires?.includes(item.id)).map(conceptLink),
        taughtBy: taskLinks((task) => task.concepts?.includes(item.id) ?? false),
      };
    case 'resource': {
      const successor =
        item.resource.superseded_by === undefined ? undefined : study.items.get(item.resource.superseded_by);
      return {
        kind: 'resource',
        resource: item.resource,
        usedBy: taskLinks((task) => task.resources?.includes(item.id) ?? false),
        supersededBy: successor?.kind === 'resource' ? link(successor.resource) : null,
      };
    }
    case 'program':
      return { kind: 'program', program: item.program };
    case 'brief': {
      const ids = new Set((item.brief.facts ?? []).flatMap((fact) => fact.source));
      return {
        kind: 'brief',
        brief: item.brief,
        sources: curriculum.resources.filter((resource) => ids.has(resource.id)),
      };
    }
    case 'lab':
      return describeLab(item.lab, study, taskLinks);
    case 'track':
      return { kind: 'track', track: item.track, tasks: taskLinks((task) => task.tracks?.includes(item.id) ?? false) };
  }
}

function lastLevel({ curriculum, progress }: Study, checkpoint: Checkpoint, criterion: Criterion): number | null {
  const last = attemptsAt(progress, curriculum, checkpoint).at(-1);
  return (last && criterionAnswer(last.answers, criterion)?.level) ?? null;
}
