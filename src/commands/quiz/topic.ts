import { type Item, type Task, titleOf } from '../../core/curriculum/model.js';
import { findItem, type Study } from '../lookup.js';

/** What a quiz is about. */
export interface QuizTopic {
  /** Null: everything. */
  readonly id: string | null;
  readonly title: string;
  /** Ids of concepts; undefined: all of them. */
  readonly concepts: ReadonlySet<string> | undefined;
}

const kinds = ['phase', 'module', 'concept', 'task'] as const;

/**
 * The topic that was typed.
 * @throws AppError NOT_FOUND with the nearest topics, USAGE for an item that has no questions of its own.
 */
export function findTopic(study: Study, id: string | undefined): QuizTopic {
  if (id === undefined) return { id: null, title: study.curriculum.title, concepts: undefined };
  const item = findItem(study, id, 'aisafe quiz', kinds);
  return { id: item.id, title: titleOf(item), concepts: new Set(conceptsOf(item)) };
}

function conceptsOf(item: Extract<Item, { kind: (typeof kinds)[number] }>): readonly string[] {
  switch (item.kind) {
    case 'phase':
      return item.phase.modules.filter((module) => !module.retired).flatMap((module) => taught(module.tasks));
    case 'module':
      return taught(item.module.tasks);
    case 'task':
      return item.task.concepts ?? [];
    case 'concept':
      return [item.concept.id];
  }
}

function taught(tasks: readonly Task[]): readonly string[] {
  return tasks.filter((task) => !task.retired).flatMap((task) => task.concepts ?? []);
}
