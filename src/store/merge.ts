import { isKnownEvent, type StoredEvent, withData } from '../core/progress/event.js';
import { beginBulkInsert } from './bulk-insert.js';
import { canonical } from './canonical-json.js';
import type { Database } from './database.js';
import { type EventRow, hasEvents, insertIfNew, storedRow } from './events.js';
import { createProjector } from './project-many.js';
import type { MergeOptions, MergeReport } from './store.js';

/** A merge, made but not yet decided on. */
export interface Merged {
  readonly report: Omit<MergeReport, 'backup'>;
  /** It added to a history that was there. */
  readonly isRisky: boolean;
}

/**
 * Adds events from elsewhere by id, one at a time, and folds the subjects that they touch; must run inside a transaction.
 * What is kept in memory goes with the subjects and the undone actions, not with the events, but for eight bytes each.
 */
export function mergeEvents(database: Database, events: Iterable<StoredEvent>, options: MergeOptions = {}): Merged {
  const hadEvents = hasEvents(database);
  const endBulkInsert = beginBulkInsert(database);
  const unknownKinds: Record<string, number> = {};
  const conflicts = new Set<string>();
  const places = createPlaces();
  const projector = createProjector(database);
  const contradictions: MergeReport['contradictions'][number][] = [];
  /** What the input says of the ids that are here with other content. */
  const refused = new Map<string, EventRow>();
  let read = 0;
  let added = 0;
  let known = 0;
  for (const event of events) {
    const place = read;
    read += 1;
    // Folding must see the keys in the order in which a replay reads them.
    const tidy = withData(event, canonical(event.data));
    const json = JSON.stringify(tidy.data) ?? 'null';
    const inserted = insertIfNew(database, event, json);
    if (inserted !== undefined) {
      places.set(inserted, place);
      added += 1;
      options.onAdded?.(event);
      if (!isKnownEvent(event)) unknownKinds[event.kind] = (unknownKinds[event.kind] ?? 0) + 1;
      projector.add(tidy);
      continue;
    }
    const present = storedRow(database, event.id);
    const row: EventRow = { ...event, data: json };
    const first = places.get(present.rowid);
    const isSame = sameRow(present, row);
    if (first === undefined) places.set(present.rowid, place);
    else if (!sameRow(refused.get(row.id) ?? present, row)) contradictions.push({ id: row.id, first, again: place });
    if (isSame) known += 1;
    else {
      conflicts.add(row.id);
      if (first === undefined) refused.set(row.id, row);
    }
  }
  endBulkInsert();
  const tasks = projector.write();
  const distinct = places.count();
  const report = { read, distinct, added, known, unknownKinds, conflicts: [...conflicts], contradictions, tasks };
  return { report, isRisky: hadEvents && added > 0 };
}

/** Where in the input each row was met first. */
function createPlaces() {
  let places = new Float64Array(1024);
  let count = 0;
  return {
    count: () => count,
    get: (rowid: number): number | undefined => {
      const place = places[rowid];
      return place === undefined || place === 0 ? undefined : place - 1;
    },
    set: (rowid: number, place: number) => {
      if (rowid >= places.length) {
        const longer = new Float64Array(Math.max(rowid + 1, places.length * 2));
        longer.set(places);
        places = longer;
      }
      places[rowid] = place + 1;
      count += 1;
    },
  };
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
