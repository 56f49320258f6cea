import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import { listBackups, writeBackup } from './backup.js';
import type { Database } from './database.js';
import { oldestEvent } from './events.js';
import { storeErrorCode } from './store-error.js';

/**
 * Makes the backup of the study day unless there is one, or nothing older than the day to keep. It is asked for after
 * what the learner did has been written, so it costs no answer any time; when a process is killed before it, the next
 * one that writes on this day makes it.
 * @returns a warning when the backup failed: that must not cost the learner the command at hand.
 */
export function backUpDaily(database: Database, clock: Clock, folder: string): string | undefined {
  try {
    const today = clock.studyDay(clock.now());
    const oldest = oldestEvent(database);
    if (!oldest || oldest.day >= today) return undefined;
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
