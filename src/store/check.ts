import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import { integrityProblems } from './backup.js';
import type { Database } from './database.js';
import { differingSubjects } from './differing-subjects.js';
import { countEvents, damagedEvents } from './events.js';
import { schemaVersion } from './migrations.js';
import type { StoreCheck } from './store.js';
import { type StorePlace, toStoreError } from './store-error.js';
import { DamagedJsonError } from './stored-json.js';
import { unknownKindCounts } from './unknown-kinds.js';

const dayInMillis = 86_400_000;

export interface CheckPlace extends StorePlace {
  readonly device: string;
  readonly clock: Clock;
}

type Finding = Omit<StoreCheck, 'id'>;

/** Everything that can be told about a store without changing it. */
export function checkStore(database: Database, place: CheckPlace): readonly StoreCheck[] {
  const checks: readonly (readonly [id: string, check: () => Finding])[] = [
    ['integrity', () => checkIntegrity(database, place)],
    ['foreign-keys', () => checkForeignKeys(database)],
    ['schema', () => ({ status: 'ok', message: `Schema version ${schemaVersion(database.sqlite)}.` })],
    ['projections', () => checkProjections(database)],
    ['events', () => ({ status: 'ok', message: `Events: ${countEvents(database)}.` })],
    ['unknown-kinds', () => checkUnknownKinds(database)],
    ['devices', () => checkDevices(database, place.device)],
    ['clock', () => checkFuture(database, place.clock)],
    ['folder-permissions', () => checkPermissions(dirname(place.path), '700')],
    ['file-permissions', () => checkPermissions(place.path, '600')],
    ['backups', () => checkBackups(database, place)],
  ];
  return checks.map(([id, check]) => ({ id, ...attempt(check, place) }));
}

/** A damaged page may be met by any of the checks; the others must still be told. */
function attempt(check: () => Finding, place: CheckPlace): Finding {
  try {
    return check();
  } catch (error) {
    const known = toStoreError(error, place);
    if (!(known instanceof AppError) || !(error instanceof Error)) throw error;
    const hint = known.code === 'STORE_CORRUPT' ? known.hint : restoreHint(place).hint;
    return { status: 'failed', message: `Could not be read: ${error.message}.`, ...(hint !== undefined && { hint }) };
  }
}

function restoreHint(place: CheckPlace): { readonly hint?: string } {
  const [newest] = place.backups();
  return newest ? { hint: `aisafe restore ${quoteWord(newest.path)}` } : {};
}

function checkIntegrity(database: Database, place: CheckPlace): Finding {
  const problems = findProblems(database);
  if (problems.length === 0) return { status: 'ok', message: 'The file is sound.' };
  return { status: 'failed', message: `The file is damaged: ${problems.join('; ')}.`, ...restoreHint(place) };
}

/** SQLite works out what its indices hold, and says of broken JSON no more than that there is some. */
function findProblems(database: Database): readonly string[] {
  const isDamaged = () => damagedEvents(database).length > 0;
  try {
    const problems = integrityProblems(database.sqlite);
    if (problems.length === 0 || !isDamaged()) return problems;
  } catch (error) {
    if (!isDamaged()) throw error;
  }
  throw new DamagedJsonError('event');
}

function checkForeignKeys(database: Database): Finding {
  const broken = database.sqlite.prepare('PRAGMA foreign_key_check').all().length;
  if (broken === 0) return { status: 'ok', message: 'All references hold.' };
  return { status: 'failed', message: `References that lead nowhere: ${broken}.`, hint: 'aisafe doctor --fix' };
}

function checkProjections(database: Database): Finding {
  const differing = differingSubjects(database);
  if (differing.length === 0) return { status: 'ok', message: 'Progress agrees with the history.' };
  const some = differing.slice(0, 5).join(', ');
  const more = differing.length > 5 ? ` and ${differing.length - 5} more` : '';
  return {
    status: 'failed',
    message: `Progress differs from the history for ${some}${more}.`,
    hint: 'aisafe doctor --fix',
  };
}

function checkUnknownKinds(database: Database): Finding {
  const counts = Object.entries(unknownKindCounts(database));
  if (counts.length === 0) return { status: 'ok', message: 'Every event is understood.' };
  const listed = counts.map(([kind, count]) => `${kind} (${count})`).join(', ');
  return {
    status: 'warning',
    message: `Events of kinds that this version does not know are kept and not applied: ${listed}.`,
    hint: 'Update aisafe.',
  };
}

function checkDevices(database: Database, device: string): Finding {
  const rows = database
    .statement<[], { device: string; count: number }>(
      'SELECT device, count(*) AS count FROM event GROUP BY device ORDER BY device',
    )
    .all();
  const others = rows.filter((row) => row.device !== device);
  if (others.length === 0) return { status: 'ok', message: `All events are from this device (${device}).` };
  const count = others.reduce((sum, row) => sum + row.count, 0);
  return { status: 'ok', message: `Events from other devices: ${count}; other devices: ${others.length}.` };
}

/** An event dated in the future outranks whatever is done before that day comes. */
function checkFuture(database: Database, clock: Clock): Finding {
  const limit = new Date(clock.now().getTime() + dayInMillis).toISOString();
  const found = database
    .statement<[string], { count: number }>('SELECT count(*) AS count FROM event WHERE at > ?')
    .get(limit);
  const count = found?.count ?? 0;
  if (count === 0) return { status: 'ok', message: 'No event is dated in the future.' };
  return {
    status: 'warning',
    message: `Events dated more than a day ahead of this computer's clock: ${count}; they override what is done before then.`,
    hint: 'aisafe undo --list',
  };
}

function checkPermissions(path: string, wanted: '600' | '700'): Finding {
  if (process.platform === 'win32') return { status: 'ok', message: 'Permissions are left to Windows.' };
  const mode = statSync(path).mode & 0o777;
  const text = mode.toString(8).padStart(3, '0');
  if ((mode & 0o077) === 0) return { status: 'ok', message: `${path} is private (${text}).` };
  return {
    status: 'warning',
    message: `Other users of this computer may reach ${path} (${text}).`,
    hint: `chmod ${wanted} ${quoteWord(path)}`,
  };
}

function checkBackups(database: Database, place: CheckPlace): Finding {
  const all = place.backups();
  const [newest] = all;
  if (newest) return { status: 'ok', message: `Backups: ${all.length}; the newest is of ${newest.at}: ${newest.path}` };
  if (countEvents(database) === 0) return { status: 'ok', message: 'Nothing to back up yet.' };
  return { status: 'warning', message: 'There is no backup yet.', hint: 'aisafe backup' };
}
