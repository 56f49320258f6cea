import type { NewEvent, StoredEvent } from '../core/progress/event.js';
import type { Clock } from '../platform/clock.js';
import { nextEventId } from '../platform/event-id.js';
import type { Random } from '../platform/random.js';
import type { Database } from './database.js';
import { findEventRow, insertEvent, newestEventOf, toEvent, toEventRow } from './events.js';

/** What the store adds to an event. */
export interface Origin {
  readonly device: string;
  readonly clock: Clock;
  readonly random: Random;
}

const dayInMillis = 86_400_000;

/**
 * Stores the events of one user action; projecting them is left to the caller. Must run inside a transaction: ids
 * follow on the newest one in the store.
 */
export function appendEvents(database: Database, events: readonly NewEvent[], origin: Origin): readonly StoredEvent[] {
  const { device, clock, random } = origin;
  const newest = newestEventOf(database, device);
  const at = eventTime(clock.now(), newest?.at);
  const millis = Date.parse(at);
  const day = clock.studyDay(new Date(millis));
  let id = newest?.id;
  let action: string | undefined;
  return events.map((event) => {
    // Another device can hold the same id when both run from the same seed.
    do id = nextEventId(millis, id, random);
    while (findEventRow(database, id));
    action ??= id;
    const { kind, subject, revision = null, data } = event;
    const row = toEventRow({ id, action, at, day, tz: clock.timeZone, device, kind, subject, revision, data });
    insertEvent(database, row, row.data);
    return toEvent(row);
  });
}

/** Now, unless the clock was set back a little: that must not put the event before those already written. */
function eventTime(now: Date, last: string | undefined): string {
  const at = now.toISOString();
  if (last === undefined || last <= at) return at;
  return Date.parse(last) - now.getTime() < dayInMillis ? last : at;
}
