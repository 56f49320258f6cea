import { isKnownEvent, type StoredEvent } from '../progress/event.js';

/** The actions that the events take back. */
export function undoneActions(events: readonly StoredEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) => (isKnownEvent(event) && event.kind === 'action.undone' ? [event.data.action] : [])),
  );
}

/** The events in force: no undone ones, no undos. */
export function effectiveEvents(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const undone = undoneActions(events);
  return events.filter((event) => event.kind !== 'action.undone' && !undone.has(event.action));
}
