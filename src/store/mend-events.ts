import type { Database } from './database.js';
import { damagedEvents } from './events.js';
import { fileOwner } from './migrations.js';
import { openSqlite } from './sqlite.js';
import type { Backup, EventName, MendedEvents } from './store.js';
import { storeErrorCode } from './store-error.js';
import { type SchemaPart, takeAway } from './take-away.js';

/**
 * Gives events that cannot be read the data that the newest backup has of them, and takes out those that no backup has: one of
 * them would keep all others from being replayed. Must run inside a transaction; the projections are to be rebuilt after it.
 */
export function mendEvents(database: Database, backups: readonly Backup[]): Pick<MendedEvents, 'putBack' | 'takenOut'> {
  const missing = new Map(damagedEvents(database).map((event) => [event.id, event]));
  const putBack: EventName[] = [];
  const putGuardsBack = takeAway(database, guardsOfEvents(database));
  const update = database.statement<[string, string], never>('UPDATE event SET data = ? WHERE id = ?');
  for (const { path } of backups) {
    for (const [event, data] of readData(path, [...missing.values()])) {
      update.run(data, event.id);
      missing.delete(event.id);
      putBack.push(event);
    }
  }
  const remove = database.statement<[string], never>('DELETE FROM event WHERE id = ?');
  for (const id of missing.keys()) remove.run(id);
  putGuardsBack();
  return { putBack, takenOut: [...missing.values()] };
}

/** What keeps events from being changed, and the indices of what is in their data, which trip over what is no JSON. */
function guardsOfEvents(database: Database): readonly SchemaPart[] {
  const sql = `SELECT type, name FROM sqlite_schema
    WHERE tbl_name = 'event' AND (type = 'trigger' OR type = 'index' AND sql LIKE '%json_extract%')`;
  return database.statement<[], SchemaPart>(sql).all();
}

/** What a backup has of the events; nothing when it cannot be read, or is of a form that this version does not know. */
function readData(path: string, events: readonly EventName[]): readonly (readonly [event: EventName, data: string])[] {
  if (events.length === 0) return [];
  let backup: ReturnType<typeof openSqlite> | undefined;
  try {
    backup = openSqlite(path, { readonly: true, busyTimeout: 0 });
    if (fileOwner(backup) !== 'aisafe') return [];
    const sql = 'SELECT data FROM event WHERE id = ? AND kind = ? AND subject = ? AND json_valid(data)';
    const select = backup.prepare<[string, string, string], { readonly data: string }>(sql);
    return events.flatMap((event) => {
      const row = select.get(event.id, event.kind, event.subject);
      return row ? [[event, row.data] as const] : [];
    });
  } catch (error) {
    if (storeErrorCode(error) === undefined) throw error;
    return [];
  } finally {
    backup?.close();
  }
}
