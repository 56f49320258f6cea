import type { Progress } from '../core/progress/progress.js';
import type { StateOf } from '../core/progress/state.js';
import { subjectName } from '../core/progress/subject.js';
import type { Database } from './database.js';

type Row = readonly [subject: string, state: string];

/**
 * All projections but those of questions and sittings, each map in the order of its subjects. One range of the primary
 * key a kind: the cards, of which there are many, are not even passed over.
 */
export function readProgress(database: Database): Progress {
  const sql = `SELECT subject, state FROM projection
    WHERE subject >= @kind AND subject < @kind || '0' AND kind = @kind AND state IS NOT NULL ORDER BY subject`;
  const statement = database.statement<[{ readonly kind: string }], Row>(sql).raw();
  const read = <K extends keyof StateOf>(kind: K) =>
    new Map<string, StateOf[K]>(statement.all({ kind }).map(([name, state]) => [subjectName(name), JSON.parse(state)]));
  return {
    task: read('task'),
    checkpoint: read('checkpoint'),
    lab: read('lab'),
    evidence: read('evidence'),
    note: read('note'),
    focus: read('focus'),
    setting: read('setting'),
    curriculum: read('curriculum'),
    profile: read('profile').get(''),
  };
}
