import type { Survey, TaskEntry } from './rule.js';

/** The first live task, in curriculum order, that teaches each concept. */
export function firstTaught({ tasks }: Survey): ReadonlyMap<string, TaskEntry> {
  const first = new Map<string, TaskEntry>();
  for (const entry of tasks) {
    if (entry.isRetired) continue;
    for (const concept of entry.task.concepts ?? []) if (!first.has(concept)) first.set(concept, entry);
  }
  return first;
}
