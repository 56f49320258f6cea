import { listEntries } from './entries.js';
import { listReferences } from './references.js';
import type { CurriculumContent, Entry, Survey } from './rule.js';

/** Collects once what most rules ask for. */
export function surveyCurriculum(curriculum: CurriculumContent, placeOf: Survey['placeOf']): Survey {
  const { entries, tasks, questions, labs } = listEntries(curriculum);
  return {
    curriculum,
    entries,
    byId: firstOf(entries),
    byAlias: new Map(entries.flatMap((entry) => entry.aliases.map((alias) => [alias, entry] as const))),
    tasks,
    taskById: firstOf(tasks),
    questions,
    labs,
    references: listReferences(curriculum, entries),
    placeOf,
  };
}

function firstOf<T extends Entry>(entries: readonly T[]): ReadonlyMap<string, T> {
  const byId = new Map<string, T>();
  for (const entry of entries) if (!byId.has(entry.id)) byId.set(entry.id, entry);
  return byId;
}
