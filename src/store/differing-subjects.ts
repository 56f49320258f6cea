import type { Database } from './database.js';
import { type ProjectionRow, replayEvents } from './projections.js';
import { undoneActions } from './undone.js';

/** Subjects whose projection is not what a replay gives, and `action/...` wrongly held to be undone or not; sorted. */
export function differingSubjects(database: Database): readonly string[] {
  const kept = keptProjections(database);
  const replayed = replayEvents(database);
  const subjects = new Set([...kept.keys(), ...replayed.keys()]);
  const differing = [...subjects].filter((each) => !isSame(kept.get(each), replayed.get(each)));
  return [...differing, ...differingUndos(database)].sort();
}

function keptProjections(database: Database): ReadonlyMap<string, ProjectionRow> {
  const sql = 'SELECT subject, kind, state, last FROM projection';
  const rows = database.statement<[], ProjectionRow>(sql).all();
  return new Map(rows.map((row) => [row.subject, row]));
}

function isSame(a: ProjectionRow | undefined, b: ProjectionRow | undefined): boolean {
  return a?.state === b?.state && a?.last === b?.last && a?.kind === b?.kind;
}

function differingUndos(database: Database): readonly string[] {
  const rows = database.statement<[], { action: string }>('SELECT action FROM undone').all();
  const kept = new Set(rows.map((row) => row.action));
  const real = undoneActions(database);
  const differing = [...kept].filter((each) => !real.has(each)).concat([...real].filter((each) => !kept.has(each)));
  return differing.map((action) => `action/${action}`);
}
