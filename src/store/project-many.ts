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
import { isUndone } from './undone.js';

/** Folds many events, writing each projection once. Must run inside a transaction. */
export interface Projector {
  /** An event that was just stored. */
  add(event: StoredEvent): void;
  /** Has the subject folded anew from all its events. */
  refold(subject: string): void;
  /** Writes all that changed; returns the tasks that stand otherwise than before, in order of id. */
  write(): readonly TaskChange[];
}

export function createProjector(database: Database): Projector {
  /** Subjects whose new events all came in order, as they stand so far. */
  const folded = new Map<string, Projection | undefined>();
  const late = new Set<string>();
  return {
    add: (event) => {
      const { subject } = event;
      if (late.has(subject)) return;
      const before = folded.has(subject) ? folded.get(subject) : readProjection(database, subject);
      if (isUndone(database, event.action)) {
        folded.set(subject, before);
      } else if (before && before.last > position(event)) {
        late.add(subject);
        folded.delete(subject);
      } else folded.set(subject, foldNext(before, event));
    },
    refold: (subject) => {
      late.add(subject);
      folded.delete(subject);
    },
    write: () => {
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
  const state: State | undefined = json === null ? undefined : JSON.parse(json);
  return state && 'status' in state ? state.status.state : 'open';
}
