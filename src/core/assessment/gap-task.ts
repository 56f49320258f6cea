/** The task that closes a gap. */
import type { Criterion, Curriculum, TaskItem } from '../curriculum/model.js';
import { servesTrack, tasksOf } from '../curriculum/model.js';
import { findAvailable } from '../planning/availability.js';
import { focusTrack, type Progress } from '../progress/progress.js';

/**
 * Prepares the search for the next task of each gap.
 *
 * The returned function gives the first unfinished task that the criterion covers and that can be worked on now; else
 * one that teaches a concept it covers, of the learner's track first; else the first prerequisite that stands in the
 * way of a covered task; else undefined. Skipped and deferred tasks were the learner's choice and are not offered.
 * @param day the study day, YYYY-MM-DD.
 */
export function findGapTasks(
  curriculum: Curriculum,
  progress: Progress,
  day: string,
): (criterion: Criterion) => TaskItem | undefined {
  const { available, blocked } = findAvailable(curriculum, progress, undefined, day);
  const ready = new Map(available.map(({ item }) => [item.id, item]));
  const waiting = new Map(blocked.map(({ item, because }) => [item.id, because]));
  const track = focusTrack(progress, curriculum);
  const current = new Map<string, string>();
  for (const { task } of tasksOf(curriculum))
    for (const id of [...(task.aliases ?? []), task.id]) current.set(id, task.id);

  const unlock = (id: string, seen: Set<string>): TaskItem | undefined => {
    if (seen.has(id)) return undefined;
    seen.add(id);
    const because = waiting.get(id);
    if (!because) return ready.get(id);
    if (because.reason !== 'requires') return undefined;
    for (const prerequisite of because.tasks) {
      const found = unlock(prerequisite, seen);
      if (found) return found;
    }
    return undefined;
  };

  return ({ covers }) => {
    const covered = (covers.tasks ?? []).map((id) => current.get(id) ?? id);
    const direct = covered.find((id) => ready.has(id));
    if (direct !== undefined) return ready.get(direct);
    const concepts = new Set(covers.concepts);
    const teaching = [...ready.values()].filter(({ task }) => task.concepts?.some((concept) => concepts.has(concept)));
    const taught = teaching.find(({ task }) => servesTrack(task.tracks, track)) ?? teaching[0];
    if (taught) return taught;
    const seen = new Set<string>();
    for (const id of covered) {
      const found = unlock(id, seen);
      if (found) return found;
    }
    return undefined;
  };
}
