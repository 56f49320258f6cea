import type { EventKind, StoredEvent } from './event.js';

/** An event whose payload was not read. */
export interface EventText extends Omit<StoredEvent, 'data'> {
  /** Valid JSON. */
  readonly data: string;
}

/** Events in order (at, id), which need not all be in memory: they can be gone through as often as wanted. */
export interface EventList extends Iterable<StoredEvent> {
  /** The same, for those who hand them on as they are. */
  texts(): Iterable<EventText>;
  ofKind(kind: EventKind): Iterable<StoredEvent>;
}

export interface EventHistory extends EventList {
  /** How many there are of the study day (YYYY-MM-DD) and later; all when it is left out. */
  count(since?: string): number;
}
