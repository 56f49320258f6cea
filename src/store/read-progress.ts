import type { Progress } from '../core/progress/progress.js';
import type { StateOf } from '../core/progress/state.js';
import { subjectName } from '../core/progress/subject.js';
import type { Database } from './database.js';
import { lastRow } from './events.js';
import { parseState } from './stored-json.js';

type Row = readonly [subject: string, state: string];

/** Progress whose parts are read when they are first looked at. */
export interface LazyProgress {
  readonly progress: Progress;
  /** The last event before any of it was read: what is worked out from it is at least of this version. */
  readonly version: number;
  /** Reads what was not looked at yet: to be called before a write, after which it would be something else. */
  complete(): void;
}

/**
 * All projections but those of questions and sittings, each map in the order of its subjects. One range of the primary
 * key a kind: the cards, of which there are many, are not even passed over.
 * @param guard gives errors of SQLite the words of the store.
 */
export function readProgress(database: Database, guard: <T>(body: () => T) => T): LazyProgress {
  const version = guard(() => lastRow(database));
  const known = new Map<keyof StateOf, ReadonlyMap<string, unknown>>();
  const read = <K extends keyof StateOf>(kind: K) => {
    const states = known.get(kind) ?? guard(() => readStates(database, kind));
    known.set(kind, states);
    return states as ReadonlyMap<string, StateOf[K]>;
  };
  const progress: Progress = {
    get task() {
      return read('task');
    },
    get checkpoint() {
      return read('checkpoint');
    },
    get lab() {
      return read('lab');
    },
    get evidence() {
      return read('evidence');
    },
    get note() {
      return read('note');
    },
    get focus() {
      return read('focus');
    },
    get setting() {
      return read('setting');
    },
    get curriculum() {
      return read('curriculum');
    },
    get profile() {
      return read('profile').get('');
    },
  };
  // To list the values is to look at each.
  return { progress, version, complete: () => void Object.values(progress) };
}

function readStates<K extends keyof StateOf>(database: Database, kind: K): ReadonlyMap<string, StateOf[K]> {
  const sql = `SELECT subject, state FROM projection
    WHERE subject >= @kind AND subject < @kind || '0' AND kind = @kind AND state IS NOT NULL ORDER BY subject`;
  const rows = database.statement<[{ readonly kind: string }], Row>(sql).raw().all({ kind });
  return new Map(rows.map(([name, state]) => [subjectName(name), parseState(state)]));
}
