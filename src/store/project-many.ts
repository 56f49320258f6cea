import type { StoredEvent } from '../core/progress/event.js';
import type { State, TaskStateName } from '../core/progress/state.js';
import { subjectKind, subjectName } from '../core/progress/subject.js';
import type { Database } from './database.js';
import {
  findProjection,
  foldNext,
  type Projection,
  position,
  readProjection,
  refoldSubject,
  writeProjection,
} from './projections.js';
import type { TaskChange } from './store.js';
import { parseState } from './stored-json.js';
import { allUndone, markUndone, subjectsOf, undoneAction } from './undone.js';

/** Folds many events, writing each projection once. Must run inside a transaction. */
export interface Projector {
  /** An event that was just stored. */
  add(event: StoredEvent): void;
  /** Writes all that changed; returns the tasks that stand otherwise than before, in order of id. */
  write(): readonly TaskChange[];
}

export function createProjector(database: Database): Projector {
  /** Subjects whose new events all came in order, as they stand so far. */
  const folded = new Map<string, Projection | undefined>();
  /** To be folded anew from all their events. */
  const late = new Set<string>();
  const known = allUndone(database);
  const undone = new Set<string>();
  const refold = (subject: string) => {
    late.add(subject);
    folded.delete(subject);
  };
  return {
    add: (event) => {
      const taken = undoneAction(event);
      if (taken !== undefined) {
        markUndone(database, taken);
        known.add(taken);
        undone.add(taken);
        return;
      }
      const { subject } = event;
      if (late.has(subject)) return;
      const before = folded.has(subject) ? folded.get(subject) : readProjection(database, subject);
      if (known.has(event.action)) folded.set(subject, before);
      else if (before && before.last > position(event)) refold(subject);
      else folded.set(subject, foldNext(before, event));
    },
    write: () => {
      // Looked for at the end: an action may come after its undo, or be in the store already.
      for (const action of undone) for (const subject of subjectsOf(database, action)) refold(subject);
      const changed = [...folded.keys(), ...late].sort();
      return changed.flatMap((subject) => {
        const before = findProjection(database, subject)?.state ?? null;
        const projection = folded.get(subject);
        if (projection) writeProjection(database, subject, projection);
        else if (late.has(subject)) refoldSubject(database, subject);
        if (subjectKind(subject) !== 'task') return [];
        const after = findProjection(database, subject)?.state ?? null;
        return before === after ? [] : [{ id: subjectName(subject), from: stateName(before), to: stateName(after) }];
      });
    },
  };
}

function stateName(json: string | null): TaskStateName {
  const state = json === null ? undefined : parseState<State>(json);
  return state && 'status' in state ? state.status.state : 'open';
}
