/** What a merge will do to a history, worked out before it happens. */
import { type AnyEvent, compareEvents, isKnownEvent, type StoredEvent } from '../progress/event.js';
import { foldSubject } from '../progress/fold.js';
import type { State, TaskStateName } from '../progress/state.js';
import { subjectKind, subjectName } from '../progress/subject.js';
import { effectiveEvents, undoneActions } from './effective-events.js';
import type { ImportFinding, ReadEvent } from './read-export.js';
import { isSameJson } from './same-json.js';

export interface TaskChange {
  /** Qualified by its curriculum. */
  readonly id: string;
  readonly from: TaskStateName;
  readonly to: TaskStateName;
}

export interface MergePreview {
  /** Events that are not here yet, in order, each once. */
  readonly fresh: readonly StoredEvent[];
  /** Events that are here already. */
  readonly known: number;
  /** Ids that are here with other content. */
  readonly conflicts: readonly string[];
  /** Fresh events of kinds that this version does not know, by kind. */
  readonly unknownKinds: Readonly<Record<string, number>>;
  /** Tasks whose state, steps or time will be other than now, in order of id. */
  readonly tasks: readonly TaskChange[];
}

/** Events that share an id and say different things: which one is right cannot be told, so the order would decide. */
export function findContradictions(events: readonly ReadEvent[]): readonly ImportFinding[] {
  const first = new Map<string, ReadEvent>();
  return events.flatMap((read) => {
    const earlier = first.get(read.event.id);
    if (!earlier) {
      first.set(read.event.id, read);
      return [];
    }
    if (isSameJson(earlier.event, read.event)) return [];
    const message = `event ${read.event.id} says something else than in ${earlier.file}:${earlier.line}`;
    return [{ file: read.file, line: read.line, message }];
  });
}

/** @param incoming without contradictions. */
export function previewMerge(present: readonly StoredEvent[], incoming: readonly StoredEvent[]): MergePreview {
  const byId = new Map(present.map((event) => [event.id, event]));
  const unique = [...new Map(incoming.map((event) => [event.id, event])).values()];
  const fresh = unique.filter((event) => !byId.has(event.id)).sort(compareEvents);
  const conflicts = unique
    .filter((event) => byId.has(event.id) && !isSameJson(byId.get(event.id), event))
    .map((event) => event.id);
  const unknownKinds: Record<string, number> = {};
  for (const event of fresh) if (!isKnownEvent(event)) unknownKinds[event.kind] = (unknownKinds[event.kind] ?? 0) + 1;
  return {
    fresh,
    known: unique.length - fresh.length - conflicts.length,
    conflicts: conflicts.sort(),
    unknownKinds,
    tasks: taskChanges(present, fresh),
  };
}

function taskChanges(present: readonly StoredEvent[], fresh: readonly StoredEvent[]): readonly TaskChange[] {
  const merged = [...present, ...fresh].sort(compareEvents);
  const undone = undoneActions(fresh);
  const touched = new Set(
    [...fresh, ...merged.filter((event) => undone.has(event.action))].map((event) => event.subject),
  );
  const tasks = [...touched].filter((subject) => subjectKind(subject) === 'task').sort();
  const before = foldTasks(present, new Set(tasks));
  const after = foldTasks(merged, new Set(tasks));
  return tasks.flatMap((subject) => {
    const [from, to] = [before.get(subject), after.get(subject)];
    return isSameJson(from, to) ? [] : [{ id: subjectName(subject), from: nameOf(from), to: nameOf(to) }];
  });
}

function foldTasks(
  events: readonly StoredEvent[],
  subjects: ReadonlySet<string>,
): ReadonlyMap<string, State | undefined> {
  const bySubject = new Map<string, AnyEvent[]>();
  for (const event of effectiveEvents(events)) {
    if (!subjects.has(event.subject) || !isKnownEvent(event)) continue;
    const list = bySubject.get(event.subject);
    if (list) list.push(event);
    else bySubject.set(event.subject, [event]);
  }
  return new Map([...bySubject].map(([subject, list]) => [subject, foldSubject('task', list)]));
}

function nameOf(state: State | undefined): TaskStateName {
  return state && 'status' in state ? state.status.state : 'open';
}
