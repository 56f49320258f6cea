import type { StoredEvent } from '../core/progress/event.js';
import type { Database } from './database.js';
import { selectEvents } from './events.js';

/** The action that an undo takes back. An undo counts whatever else was undone, so that the order of arrival is no matter. */
export function undoneAction(event: StoredEvent): string | undefined {
  if (event.kind !== 'action.undone') return undefined;
  const { data } = event;
  const action = typeof data === 'object' && data !== null && 'action' in data ? data.action : undefined;
  return typeof action === 'string' ? action : undefined;
}

export function isUndone(database: Database, action: string): boolean {
  return database.statement<[string], unknown>('SELECT 1 FROM undone WHERE action = ?').get(action) !== undefined;
}

export function allUndone(database: Database): Set<string> {
  const rows = database.statement<[], { action: string }>('SELECT action FROM undone').all();
  return new Set(rows.map(({ action }) => action));
}

export function markUndone(database: Database, action: string): void {
  database.statement<[string], never>('INSERT OR IGNORE INTO undone (action) VALUES (?)').run(action);
}

/** What an action was about. */
export function subjectsOf(database: Database, action: string): readonly string[] {
  return database
    .statement<[string], { subject: string }>('SELECT DISTINCT subject FROM event WHERE action = ?')
    .all(action)
    .map((row) => row.subject);
}

/** Fills the list of undone actions from the events. */
export function recomputeUndone(database: Database): void {
  database.statement<[], never>('DELETE FROM undone').run();
  for (const action of undoneActions(database)) markUndone(database, action);
}

/** The undone actions, by the events. */
export function undoneActions(database: Database): ReadonlySet<string> {
  const actions = new Set<string>();
  for (const event of selectEvents(database, { kind: 'action.undone' })) {
    const action = undoneAction(event);
    if (action !== undefined) actions.add(action);
  }
  return actions;
}
