import type { Backup } from './store.js';

const day = 86_400_000;
const keepAll = 7 * day;
const keepWeekly = keepAll + 8 * 7 * day;
/** Copies made by hand or before a risky step are worth more than the daily ones. */
const keepDeliberate = 30 * day;

/**
 * Which backups may go: all of the last 7 days stay, then the newest of each week for 8 weeks, then the newest of each
 * month; those other than daily ones stay for 30 days in any case.
 */
export function expendableBackups(backups: readonly Backup[], now: Date): readonly Backup[] {
  const newestFirst = [...backups].sort((a, b) => (a.at < b.at ? 1 : -1));
  const taken = new Set<string>();
  return newestFirst.filter((backup) => {
    const instant = Date.parse(backup.at);
    const age = now.getTime() - instant;
    if (age <= keepAll || (backup.reason !== 'daily' && age <= keepDeliberate)) return false;
    const period = age <= keepWeekly ? `week ${weekNumber(instant)}` : `month ${backup.at.slice(0, 7)}`;
    if (taken.has(period)) return true;
    taken.add(period);
    return false;
  });
}

/** Weeks since the Monday before 1970, which began on a Thursday. */
function weekNumber(instant: number): number {
  return Math.floor((Math.floor(instant / day) + 3) / 7);
}
