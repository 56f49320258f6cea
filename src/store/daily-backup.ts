import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import { listBackups, writeBackup } from './backup.js';
import type { Database } from './database.js';
import { hasEvents, newestEventOf } from './events.js';
import { storeErrorCode } from './store-error.js';

/**
 * Makes the daily backup before the first write of a study day. A failure must not cost the learner the answer at hand.
 * @returns a warning when the backup failed.
 */
export function backUpDaily(database: Database, device: string, clock: Clock, folder: string): string | undefined {
  const today = clock.studyDay(clock.now());
  const last = newestEventOf(database, device);
  if (last ? last.day >= today : !hasEvents(database)) return undefined;
  try {
    const isMade = listBackups(folder).some(
      (backup) => backup.reason === 'daily' && clock.studyDay(new Date(backup.at)) === today,
    );
    if (!isMade) writeBackup(database.sqlite, { folder, reason: 'daily', clock });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) && storeErrorCode(error) === undefined) throw error;
    return `The daily backup failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
