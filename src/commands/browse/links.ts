import type { Concept, Curriculum } from '../../core/curriculum/model.js';
import type { TaskStateName } from '../../core/progress/state.js';

/** The name of another item, to be shown or followed. */
export interface Link {
  readonly id: string;
  readonly title: string;
}

export interface TaskLink extends Link {
  readonly state: TaskStateName;
}

export function link({ id, title }: Link): Link {
  return { id, title };
}

export function conceptLink(concept: Concept): Link {
  return { id: concept.id, title: concept.name };
}

export function conceptLinks(curriculum: Curriculum, ids: readonly string[] | undefined): readonly Link[] {
  const wanted = new Set(ids);
  return curriculum.concepts.filter((concept) => wanted.has(concept.id)).map(conceptLink);
}
