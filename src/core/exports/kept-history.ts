import type { StoredEvent } from '../progress/event.js';
import type { EventHistory } from '../progress/event-history.js';

/** A history that is in memory. */
export function keptHistory(events: readonly StoredEvent[]): EventHistory {
  return {
    [Symbol.iterator]: () => events[Symbol.iterator](),
    texts: () => events.map((event) => ({ ...event, data: JSON.stringify(event.data) })),
    ofKind: (kind) => events.filter((event) => event.kind === kind),
    count: (since) => (since === undefined ? events.length : events.filter(({ day }) => day >= since).length),
  };
}
