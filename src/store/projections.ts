/**
 * Projections: what the events of each subject fold to, kept beside them. A row exists exactly when the subject has an
 * event in force that this version knows; its state is NULL when those fold to nothing (removed evidence, say).
 */
import { type AnyEvent, isKnownEvent, type StoredEvent } from '../core/progress/event.js';
import { applyEvent } from '../core/progress/fold.js';
import type { State } from '../core/progress/state.js';
import { type SubjectKind, subjectKind } from '../core/progress/subject.js';
import { type Database, readMeta, writeMeta } from './database.js';
import { countEvents, effectiveEventsOf, selectEvents } from './events.js';
import { parseState } from './stored-json.js';
import { isUndone, recomputeUndone } from './undone.js';

/**
 * Raise it when core/progress folds an event differently or knows a new kind: the first start after an update then
 * replays the whole history.
 */
export const projectionVersion = '5';

export interface ProjectionRow {
  readonly subject: string;
  readonly kind: SubjectKind;
  readonly state: string | null;
  /** Time and id of the last event folded in: `at id`. */
  readonly last: string;
}

export interface Projection {
  readonly kind: SubjectKind;
  readonly state: State | undefined;
  readonly last: string;
}

/** Folds one event, just stored, into the projection of its subject. */
export function projectEvent(database: Database, event: StoredEvent): void {
  const kind = projectedKind(event);
  if (!kind || !isKnownEvent(event) || isUndone(database, event.action)) return;
  const row = findProjection(database, event.subject);
  if (row && row.last > position(event)) {
    refoldSubject(database, event.subject);
    return;
  }
  writeProjection(database, event.subject, fold({ kind, state: stateOf(row), last: '' }, event));
}

/** Folds all events of a subject anew: after an undo, or when an event arrives late. */
export function refoldSubject(database: Database, subject: string): void {
  let projection: Projection | undefined;
  for (const event of effectiveEventsOf(database, subject)) projection = foldNext(projection, event);
  if (projection) writeProjection(database, subject, projection);
  else database.statement<[string], never>('DELETE FROM projection WHERE subject = ?').run(subject);
}

/** What all projections should be, by subject; nothing is written. */
export function replayEvents(database: Database): ReadonlyMap<string, ProjectionRow> {
  const projections = new Map<string, Projection>();
  for (const event of selectEvents(database, { effective: true })) {
    const next = foldNext(projections.get(event.subject), event);
    if (next) projections.set(event.subject, next);
  }
  return new Map([...projections].map(([subject, each]) => [subject, toRow(subject, each)]));
}

/** Drops all projections and replays every event; must run inside a transaction. Returns the number of events. */
export function rebuildProjections(database: Database): number {
  recomputeUndone(database);
  database.statement<[], never>('DELETE FROM projection').run();
  for (const row of replayEvents(database).values()) writeRow(database, row);
  writeMeta(database, 'projections', projectionVersion);
  return countEvents(database);
}

/** Were the projections folded by this version of the rules? */
export function areProjectionsCurrent(database: Database): boolean {
  return readMeta(database, 'projections') === projectionVersion;
}

/** The projection after one more event; unchanged by an event that is not folded. */
export function foldNext(before: Projection | undefined, event: StoredEvent): Projection | undefined {
  const kind = projectedKind(event);
  if (!kind || !isKnownEvent(event)) return before;
  return fold({ kind, state: before?.state, last: '' }, event);
}

function fold(before: Projection, event: AnyEvent): Projection {
  return { kind: before.kind, state: applyEvent(before.kind, before.state, event), last: position(event) };
}

function projectedKind(event: StoredEvent): SubjectKind | undefined {
  const kind = subjectKind(event.subject);
  return kind === 'action' ? undefined : kind;
}

/** The place of an event in the order of folding. */
export function position(event: StoredEvent): string {
  return `${event.at} ${event.id}`;
}

/** The projection of one subject, as stored. */
export function findProjection(database: Database, subject: string): ProjectionRow | undefined {
  return database
    .statement<[string], ProjectionRow>('SELECT subject, kind, state, last FROM projection WHERE subject = ?')
    .get(subject);
}

export function readProjection(database: Database, subject: string): Projection | undefined {
  const row = findProjection(database, subject);
  return row && { kind: row.kind, state: stateOf(row), last: row.last };
}

function stateOf(row: ProjectionRow | undefined): State | undefined {
  return row?.state == null ? undefined : parseState(row.state);
}

export function writeProjection(database: Database, subject: string, projection: Projection): void {
  writeRow(database, toRow(subject, projection));
}

function toRow(subject: string, { kind, state, last }: Projection): ProjectionRow {
  return { subject, kind, state: state === undefined ? null : JSON.stringify(state), last };
}

function writeRow(database: Database, row: ProjectionRow): void {
  const sql = 'INSERT OR REPLACE INTO projection (subject, kind, state, last) VALUES (@subject, @kind, @state, @last)';
  database.statement<[ProjectionRow], never>(sql).run(row);
}
