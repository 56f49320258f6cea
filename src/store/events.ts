import type { StoredEvent } from '../core/progress/event.js';
import type { EventText } from '../core/progress/event-history.js';
import { canonicalJson } from './canonical-json.js';
import type { Database } from './database.js';
import type { EventName } from './store.js';
import { DamagedJsonError, parseEventData } from './stored-json.js';

/** A row of the table `event`; `data` is canonical JSON. */
export interface EventRow {
  readonly id: string;
  readonly action: string;
  readonly at: string;
  readonly day: string;
  readonly tz: string;
  readonly device: string;
  readonly kind: string;
  readonly subject: string;
  readonly revision: string | null;
  readonly data: string;
}

const columns = 'id, action, at, day, tz, device, kind, subject, revision, data';
const notUndone = 'action NOT IN (SELECT action FROM undone)';
const pageSize = 1000;

/** The values of a row in the order of `columns`: in a long list cheaper than an object for each. */
type EventValues = readonly [
  id: string,
  action: string,
  at: string,
  day: string,
  tz: string,
  device: string,
  kind: string,
  subject: string,
  revision: string | null,
  data: string,
  isValid: number,
];

export function toEventRow(event: StoredEvent): EventRow {
  const { id, action, at, day, tz, device, kind, subject, revision, data } = event;
  return { id, action, at, day, tz, device, kind, subject, revision: revision ?? null, data: canonicalJson(data) };
}

export function toEvent(row: EventRow): StoredEvent {
  const { id, action, at, day, tz, device, kind, subject, revision, data } = row;
  return { id, action, at, day, tz, device, kind, subject, revision, data: parseEventData(data) };
}

const insertion = `INSERT INTO event (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** @param json its data, canonical. */
export function insertEvent(database: Database, event: Omit<StoredEvent, 'data'>, json: string): void {
  database.statement<EventParameters, never>(insertion).run(...parametersOf(event, json));
}

/**
 * The same, unless there is an event of this id.
 * @returns the number of the new row: they are counted up.
 */
export function insertIfNew(database: Database, event: Omit<StoredEvent, 'data'>, json: string): number | undefined {
  const statement = database.statement<EventParameters, never>(`${insertion} ON CONFLICT (id) DO NOTHING`);
  const { changes, lastInsertRowid } = statement.run(...parametersOf(event, json));
  return changes === 0 ? undefined : Number(lastInsertRowid);
}

type EventParameters = (string | null)[];

function parametersOf(event: Omit<StoredEvent, 'data'>, json: string): EventParameters {
  const { id, action, at, day, tz, device, kind, subject, revision } = event;
  return [id, action, at, day, tz, device, kind, subject, revision, json];
}

export function findEventRow(database: Database, id: string): EventRow | undefined {
  return database.statement<[string], EventRow>(`SELECT ${columns} FROM event WHERE id = ?`).get(id);
}

/** One that is there, with the number of its row. */
export function storedRow(database: Database, id: string): EventRow & { readonly rowid: number } {
  const sql = `SELECT rowid, ${columns} FROM event WHERE id = ?`;
  const row = database.statement<[string], EventRow & { readonly rowid: number }>(sql).get(id);
  if (!row) throw new Error(`There is no event ${id}.`);
  return row;
}

/** The event that this device wrote last. */
export function newestEventOf(database: Database, device: string): EventRow | undefined {
  const sql = `SELECT ${columns} FROM event WHERE device = ? ORDER BY id DESC LIMIT 1`;
  return database.statement<[string], EventRow>(sql).get(device);
}

/** The first event in the order of folding. */
export function oldestEvent(database: Database): EventRow | undefined {
  return database.statement<[], EventRow>(`SELECT ${columns} FROM event ORDER BY at, id LIMIT 1`).get();
}

export function countEvents(database: Database): number {
  return database.statement<[], { count: number }>('SELECT count(*) AS count FROM event').get()?.count ?? 0;
}

/** The number of the row that was added last; 0 when there is none. */
export function lastRow(database: Database): number {
  return database.statement<[], { last: number | null }>('SELECT max(rowid) AS last FROM event').get()?.last ?? 0;
}

/** How many of the rows up to this one are of the study day and later. */
export function countEventsSince(database: Database, upTo: number, day: string): number {
  const sql = 'SELECT count(*) AS count FROM event WHERE rowid <= ? AND day >= ?';
  return database.statement<[number, string], { count: number }>(sql).get(upTo, day)?.count ?? 0;
}

/** Events whose data is no JSON any more. */
export function damagedEvents(database: Database): readonly EventName[] {
  const sql = 'SELECT id, at, kind, subject FROM event WHERE NOT json_valid(data) ORDER BY at, id';
  return database.statement<[], EventName>(sql).all();
}

export function hasEvents(database: Database): boolean {
  return database.statement<[], { one: number }>('SELECT 1 AS one FROM event LIMIT 1').get() !== undefined;
}

/** The subject's events that were not undone, in order. */
export function effectiveEventsOf(database: Database, subject: string): readonly StoredEvent[] {
  const sql = `SELECT ${columns} FROM event WHERE subject = ? AND ${notUndone} ORDER BY at, id`;
  return database.statement<[string], EventRow>(sql).all(subject).map(toEvent);
}

/** The answers given in a sitting that were not undone, in order. By index. */
export function answersOfSitting(database: Database, sitting: string): readonly StoredEvent[] {
  const sql = `SELECT ${columns} FROM event
    WHERE kind = 'question.answered' AND json_extract(data, '$.sitting') = ? AND ${notUndone} ORDER BY at, id`;
  return database.statement<[string], EventRow>(sql).all(sitting).map(toEvent);
}

export function eventsOfAction(database: Database, action: string): readonly StoredEvent[] {
  const sql = `SELECT ${columns} FROM event WHERE action = ? ORDER BY at, id`;
  return database.statement<[string], EventRow>(sql).all(action).map(toEvent);
}

export interface EventFilter {
  /** UTC, ISO 8601; events of this instant are included. */
  readonly since?: string;
  readonly subject?: string;
  readonly kind?: string;
  /** Leaves out undone events, and the undos themselves. */
  readonly effective?: boolean;
  /** Leaves out rows that were added after this one. */
  readonly upTo?: number;
}

/** Events in order (at, id), read in pages so that the caller may write meanwhile. */
export function* selectEvents(database: Database, filter: EventFilter = {}): Generator<StoredEvent, void, undefined> {
  for (const [id, action, at, day, tz, device, kind, subject, revision, data] of selectRows(database, filter, '1')) {
    yield { id, action, at, day, tz, device, kind, subject, revision, data: parseEventData(data) };
  }
}

/** The same without reading the payloads; SQLite sees whether they are JSON. */
export function* selectEventTexts(database: Database, filter: EventFilter): Generator<EventText, void, undefined> {
  const rows = selectRows(database, filter, 'json_valid(data)');
  for (const [id, action, at, day, tz, device, kind, subject, revision, data, isValid] of rows) {
    if (isValid !== 1) throw new DamagedJsonError('event');
    yield { id, action, at, day, tz, device, kind, subject, revision, data };
  }
}

function* selectRows(database: Database, filter: EventFilter, isValid: string): Generator<EventValues> {
  const conditions = ['(at, id) > (@at, @id)'];
  if (filter.subject !== undefined) conditions.push('subject = @subject');
  if (filter.kind !== undefined) conditions.push('kind = @kind');
  if (filter.upTo !== undefined) conditions.push('rowid <= @upTo');
  if (filter.effective) conditions.push("kind <> 'action.undone'", notUndone);
  const sql = `SELECT ${columns}, ${isValid} FROM event WHERE ${conditions.join(' AND ')} ORDER BY at, id LIMIT ${pageSize}`;
  const page = database.statement<[Readonly<Record<string, string | number>>], EventValues>(sql).raw();
  const named = {
    ...(filter.subject !== undefined && { subject: filter.subject }),
    ...(filter.kind !== undefined && { kind: filter.kind }),
    ...(filter.upTo !== undefined && { upTo: filter.upTo }),
  };
  let after = { at: filter.since ?? '', id: '' };
  for (;;) {
    const rows = page.all({ ...after, ...named });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = { at: last[2], id: last[0] };
  }
}
