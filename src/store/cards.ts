import type { CardProgress } from '../core/progress/state.js';
import { subject } from '../core/progress/subject.js';
import type { Database } from './database.js';
import { findProjection } from './projections.js';
import type { CardsUntil } from './store.js';
import { parseState } from './stored-json.js';

type Row = readonly [subject: string, state: string];

// The subjects of one curriculum: "0" follows on "/".
const ofCurriculum = "subject >= 'card/' || @curriculum || '/' AND subject < 'card/' || @curriculum || '0'";
// The same for queries that another index serves: the plus keeps SQLite from walking all cards by subject.
const alsoOfCurriculum = ofCurriculum.replaceAll('subject', '+subject');

/** All cards of a curriculum by question id, in the order of the ids. */
export function readCards(database: Database, curriculum: string): ReadonlyMap<string, CardProgress> {
  const sql = `SELECT subject, state FROM projection WHERE ${ofCurriculum} AND state IS NOT NULL ORDER BY subject`;
  return byQuestion(curriculum, database.statement<[Named], Row>(sql).raw().all({ curriculum }));
}

export function hasCards(database: Database, curriculum: string): boolean {
  const sql = `SELECT 1 FROM projection WHERE ${ofCurriculum} AND state IS NOT NULL LIMIT 1`;
  return database.statement<[Named], number>(sql).pluck().get({ curriculum }) !== undefined;
}

/** All cards without those that are due after a study day, which are not parsed. */
export function readCardsUntil(database: Database, curriculum: string, day: string): CardsUntil {
  const isLater = 'SELECT subject FROM projection WHERE due > @day';
  const sql = `SELECT subject, state FROM projection
    WHERE ${ofCurriculum} AND state IS NOT NULL AND subject NOT IN (${isLater}) ORDER BY subject`;
  const cards = byQuestion(curriculum, database.statement<[Named], Row>(sql).raw().all({ curriculum, day }));
  const later = database.statement<[Named], string>(`${isLater} AND ${alsoOfCurriculum}`).pluck();
  const start = subject.card(curriculum, '').length;
  return { cards, later: new Set(later.all({ curriculum, day }).map((name) => name.slice(start))) };
}

/** The confidences of each card: SQLite cuts them out, which takes half as long as parsing whole cards. */
export function readConfidences(database: Database, curriculum: string): readonly Pick<CardProgress, 'confidences'>[] {
  const sql = `SELECT coalesce(json_extract(state, '$.confidences'), '[]') FROM projection WHERE ${ofCurriculum} AND state IS NOT NULL`;
  const all = database.statement<[Named], string>(sql).pluck().all({ curriculum });
  const lists: readonly CardProgress['confidences'][] = JSON.parse(`[${all.join()}]`);
  return lists.map((confidences) => ({ confidences }));
}

export function readCard(database: Database, curriculum: string, question: string): CardProgress | undefined {
  const row = findProjection(database, subject.card(curriculum, question));
  return row?.state == null ? undefined : parseState(row.state);
}

/** Cards due on a study day, longest due first. */
export function readDueCards(
  database: Database,
  curriculum: string,
  day: string,
  limit: number,
): ReadonlyMap<string, CardProgress> {
  const sql = `SELECT subject, state FROM projection WHERE due <= @day AND ${alsoOfCurriculum} ORDER BY due, subject LIMIT @limit`;
  return byQuestion(curriculum, database.statement<[Named], Row>(sql).raw().all({ curriculum, day, limit }));
}

/** How many cards fall due on each study day. */
export function readDueCounts(
  database: Database,
  curriculum: string,
  from: string,
  to: string,
): ReadonlyMap<string, number> {
  const sql = `SELECT due, count(*) FROM projection WHERE due BETWEEN @from AND @to AND ${alsoOfCurriculum} GROUP BY due ORDER BY due`;
  type Count = readonly [day: string, count: number];
  return new Map(database.statement<[Named], Count>(sql).raw().all({ curriculum, from, to }));
}

/** Cards that were last answered wrongly with at least this confidence, surest first. */
export function readSureButWrong(
  database: Database,
  curriculum: string,
  confidence: number,
): ReadonlyMap<string, CardProgress> {
  const sql = `SELECT subject, state FROM projection WHERE mistaken >= @confidence AND ${alsoOfCurriculum} ORDER BY mistaken DESC, subject`;
  return byQuestion(curriculum, database.statement<[Named], Row>(sql).raw().all({ curriculum, confidence }));
}

type Named = Readonly<Record<string, string | number>>;

function byQuestion(curriculum: string, rows: readonly Row[]): ReadonlyMap<string, CardProgress> {
  const start = subject.card(curriculum, '').length;
  return new Map(rows.map(([name, state]) => [name.slice(start), parseState(state)]));
}
