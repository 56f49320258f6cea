import { isKnownEvent, type StoredEvent } from '../core/progress/event.js';
import type { Database } from './database.js';
import { type EventRow, findEventRow, insertEvent, toEventRow } from './events.js';
import { refoldSubject } from './projections.js';
import type { MergeReport } from './store.js';
import { markUndone, subjectsOf, undoneAction } from './undone.js';

/** Would a merge add anything? */
export function bringsNewEvents(database: Database, events: readonly StoredEvent[]): boolean {
  return events.some((event) => findEventRow(database, event.id) === undefined);
}

/** Adds events from elsewhere by id and folds the subjects that they touch; must run inside a transaction. */
export function mergeEvents(database: Database, events: readonly StoredEvent[]): MergeReport {
  const unknownKinds: Record<string, number> = {};
  const conflicts = new Set<string>();
  const touched = new Set<string>();
  let added = 0;
  let known = 0;
  for (const event of events) {
    const row = toEventRow(event);
    const present = findEventRow(database, row.id);
    if (!present) {
      insertEvent(database, row);
      added += 1;
      if (!isKnownEvent(event)) unknownKinds[event.kind] = (unknownKinds[event.kind] ?? 0) + 1;
      for (const subject of applyUndo(database, event)) touched.add(subject);
    } else if (sameRow(present, row)) known += 1;
    else conflicts.add(row.id);
  }
  for (const subject of touched) refoldSubject(database, subject);
  return { read: events.length, added, known, unknownKinds, conflicts: [...conflicts] };
}

/**
 * The subjects to fold anew because of a new event. The events of an undone action may come later in the same import,
 * or in another: each brings its own subject.
 */
function applyUndo(database: Database, event: StoredEvent): readonly string[] {
  const undone = undoneAction(event);
  if (undone === undefined) return [event.subject];
  markUndone(database, undone);
  return subjectsOf(database, undone);
}

function sameRow(a: EventRow, b: EventRow): boolean {
  return (
    a.action === b.action &&
    a.at === b.at &&
    a.day === b.day &&
    a.tz === b.tz &&
    a.device === b.device &&
    a.kind === b.kind &&
    a.subject === b.subject &&
    a.revision === b.revision &&
    a.data === b.data
  );
}
