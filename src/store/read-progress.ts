import { lazily } from '../core/lazily.js';
import type { Progress } from '../core/progress/progress.js';
import type { StateOf } from '../core/progress/state.js';
import { subjectName } from '../core/progress/subject.js';
import type { Database } from './database.js';

type Row = readonly [subject: string, state: string];

/** Progress whose parts are read when they are first looked at. */
export interface LazyProgress {
  readonly progress: Progress;
  /** Reads what was not looked at yet: to be called before a write, after which it would be something else. */
  complete(): void;
}

/**
 * All projections but those of questions and sittings, each map in the order of its subjects. One range of the primary
 * key a kind: the cards, of which there are many, are not even passed over.
 * @param guard gives errors of SQLite the words of the store.
 */
export function readProgress(database: Database, guard: <T>(body: () => T) => T): LazyProgress {
  const part = <K extends keyof StateOf>(kind: K) => lazily(() => guard(() => readStates(database, kind)));
  const parts = {
    task: part('task'),
    checkpoint: part('checkpoint'),
    lab: part('lab'),
    evidence: part('evidence'),
    note: part('note'),
    focus: part('focus'),
    setting: part('setting'),
    curriculum: part('curriculum'),
    profile: part('profile'),
  };
  return {
    progress: {
      get task() {
        return parts.task();
      },
      get checkpoint() {
        return parts.checkpoint();
      },
      get lab() {
        return parts.lab();
      },
      get evidence() {
        return parts.evidence();
      },
      get note() {
        return parts.note();
      },
      get focus() {
        return parts.focus();
      },
      get setting() {
        return parts.setting();
      },
      get curriculum() {
        return parts.curriculum();
      },
      get profile() {
        return parts.profile().get('');
      },
    },
    complete: () => {
      for (const read of Object.values(parts)) read();
    },
  };
}

function readStates<K extends keyof StateOf>(database: Database, kind: K): ReadonlyMap<string, StateOf[K]> {
  const sql = `SELECT subject, state FROM projection
    WHERE subject >= @kind AND subject < @kind || '0' AND kind = @kind AND state IS NOT NULL ORDER BY subject`;
  const rows = database.statement<[{ readonly kind: string }], Row>(sql).raw().all({ kind });
  return new Map(rows.map(([name, state]) => [subjectName(name), JSON.parse(state)]));
}
