import type { NewEvent, StoredEvent } from '../core/progress/event.js';
import { appendEvents, type Origin } from './append.js';
import type { Database } from './database.js';
import { projectEvent } from './projections.js';
import { takeBack } from './undo.js';
import { undoneAction } from './undone.js';

/** Stores the events of one user action and folds them; must run inside a transaction. */
export function recordEvents(database: Database, events: readonly NewEvent[], origin: Origin): readonly StoredEvent[] {
  const stored = appendEvents(database, events, origin);
  for (const event of stored) {
    const undone = undoneAction(event);
    if (undone === undefined) projectEvent(database, event);
    else takeBack(database, [undone]);
  }
  return stored;
}
