import { quoted } from '../finding.js';
import type { Rule, Survey, TaskEntry } from './rule.js';
import { trackIds } from './track-ids.js';

export const unreachableTask: Rule = {
  id: 'unreachable-task',
  severity: 'error',
  summary: 'A task that no track reaches: its list of tracks is empty, or shares none with what it requires',
  *check(survey) {
    const reach = tracksThatReach(survey);
    for (const entry of survey.tasks) {
      if (entry.isRetired) continue;
      if (entry.task.tracks?.length === 0) {
        const hint = 'Leave the key out when the task serves all tracks.';
        yield {
          path: [...entry.path, 'tracks'],
          message: 'an empty list of tracks: no one would be given this task',
          hint,
        };
        continue;
      }
      const own = reach.get(entry);
      if (!own || own.size > 0) continue;
      const required = requiredBy(survey, entry);
      // What it requires is out of reach itself, and has a finding of its own.
      if (required.some(({ target }) => reach.get(target)?.size === 0)) continue;
      const tracks = ownTracks(survey, entry);
      const culprit = required.find(({ target }) => ![...(reach.get(target) ?? [])].some((track) => tracks.has(track)));
      const path = culprit ? [...entry.path, 'requires', culprit.index] : [...entry.path, 'requires'];
      const names = [...tracks].join(', ');
      const message = culprit
        ? `${quoted(culprit.target.id)} serves none of the tracks of this task (${names})`
        : `no track has all that this task requires (${names})`;
      yield { path, message };
    }
  },
};

/** For each task the tracks that hold it and everything that it requires. */
function tracksThatReach(survey: Survey): ReadonlyMap<TaskEntry, ReadonlySet<string>> {
  const reach = new Map<TaskEntry, Set<string>>();
  if ((survey.curriculum.tracks ?? []).length === 0) return reach;
  for (const entry of survey.tasks) {
    const tracks = ownTracks(survey, entry);
    if (tracks.size > 0) reach.set(entry, tracks);
  }
  // Requirements mostly point backwards, so one pass or two suffice; the bound is for hostile input.
  for (let pass = 0; pass < 20; pass++) {
    const changes = [...reach].filter(([entry, tracks]) => narrow(tracks, requiredBy(survey, entry), reach));
    if (changes.length === 0) break;
  }
  return reach;
}

/** Takes away the tracks that do not hold what is required; true when there were any. */
function narrow(
  tracks: Set<string>,
  required: readonly { readonly target: TaskEntry }[],
  reach: ReadonlyMap<TaskEntry, ReadonlySet<string>>,
): boolean {
  const before = tracks.size;
  for (const { target } of required) {
    const others = reach.get(target);
    for (const track of others ? tracks : []) if (!others?.has(track)) tracks.delete(track);
  }
  return tracks.size < before;
}

function ownTracks({ curriculum }: Survey, { task }: TaskEntry): Set<string> {
  const known = trackIds(curriculum);
  return new Set(task.tracks === undefined ? known : known.filter((track) => task.tracks?.includes(track)));
}

function requiredBy(
  { taskById }: Survey,
  { task }: TaskEntry,
): { readonly index: number; readonly target: TaskEntry }[] {
  return (task.requires ?? []).flatMap((id, index) => {
    const target = taskById.get(id);
    return target ? [{ index, target }] : [];
  });
}
