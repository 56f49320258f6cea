import type { NewEvent } from '../core/progress/event.js';
import { subject } from '../core/progress/subject.js';
import { appendEvents, type Origin } from './append.js';
import type { Database } from './database.js';
import { eventsOfAction } from './events.js';
import { refoldSubject } from './projections.js';
import type { Action } from './store.js';
import { markUndone, subjectsOf } from './undone.js';

/** Actions that are in force, newest first. */
export function actionsInForce(database: Database, limit: number): readonly Action[] {
  return newestActionIds(database, limit).flatMap((id) => {
    const events = eventsOfAction(database, id);
    const [first] = events;
    return first ? [{ id, at: first.at, device: first.device, events }] : [];
  });
}

/** By id: ids keep the order of writing even when the clock was set back, as times do not. */
function newestActionIds(database: Database, limit: number): readonly string[] {
  const sql = `SELECT action FROM event
    WHERE kind <> 'action.undone' AND action NOT IN (SELECT action FROM undone) ORDER BY id DESC`;
  const ids = new Set<string>();
  if (limit < 1) return [];
  for (const { action } of database.statement<[], { action: string }>(sql).iterate()) {
    ids.add(action);
    if (ids.size >= limit) break;
  }
  return [...ids];
}

/** Takes back the newest actions by adding events that say so; must run inside a transaction. */
export function undoActions(database: Database, count: number, origin: Origin): readonly Action[] {
  const actions = actionsInForce(database, count);
  const undos = actions.map(
    ({ id }): NewEvent => ({ kind: 'action.undone', subject: subject.action(id), data: { action: id } }),
  );
  appendEvents(database, undos, origin);
  takeBack(
    database,
    actions.map(({ id }) => id),
  );
  return actions;
}

/** Marks actions as undone and folds what they were about anew. */
export function takeBack(database: Database, actions: readonly string[]): void {
  for (const action of actions) markUndone(database, action);
  const subjects = new Set(actions.flatMap((action) => subjectsOf(database, action)));
  for (const each of subjects) refoldSubject(database, each);
}
