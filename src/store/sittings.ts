import type { SittingState } from '../core/progress/state.js';
import { subject } from '../core/progress/subject.js';
import type { Database } from './database.js';
import { findProjection } from './projections.js';
import { parseState } from './stored-json.js';

export function readSitting(database: Database, id: string): SittingState | undefined {
  const row = findProjection(database, subject.sitting(id));
  return row?.state == null ? undefined : parseState(row.state);
}

// The condition of an index, word for word: the finished ones, of which there are ever more, are not passed over.
const isOpen = "kind = 'sitting' AND state IS NOT NULL AND json_extract(state, '$.finishedAt') IS NULL";

/** Sittings by id, in the order of their beginning. */
export function readSittings(
  database: Database,
  { open = false }: { readonly open?: boolean } = {},
): ReadonlyMap<string, SittingState> {
  const sql = `SELECT state FROM projection
    WHERE ${open ? isOpen : "subject >= 'sitting/' AND subject < 'sitting0' AND state IS NOT NULL"}
    ORDER BY json_extract(state, '$.startedAt'), subject`;
  const rows = database.statement<[], { readonly state: string }>(sql).all();
  return new Map(
    rows.map(({ state }) => {
      const sitting = parseState<SittingState>(state);
      return [sitting.id, sitting];
    }),
  );
}
