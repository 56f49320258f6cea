import type { StoredEvent } from '../progress/event.js';
import type { EventHistory } from './export-source.js';

/** A history that is in memory. */
export function keptHistory(events: readonly StoredEvent[]): EventHistory {
  return {
    [Symbol.iterator]: () => events[Symbol.iterator](),
    count: (since) => (since === undefined ? events.length : events.filter(({ day }) => day >= since).length),
  };
}
