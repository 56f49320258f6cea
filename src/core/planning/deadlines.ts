import { type Program, servesTrack } from '../curriculum/model.js';
import { daysBetween, lastDayOf } from '../time/calendar.js';

export interface Deadline {
  readonly program: Program;
  /** Last day of the application window, YYYY-MM-DD. */
  readonly closes: string;
  /** Days from today to that day. */
  readonly days: number;
}

/** How far ahead a closing date matters. */
export const deadlineDays = 60;

/**
 * Application windows that close within the next `deadlineDays`, soonest first. A month stands for its last day.
 * @param day today's study day, YYYY-MM-DD.
 */
export function upcomingDeadlines(
  programs: readonly Program[],
  track: string | undefined,
  day: string,
): readonly Deadline[] {
  return programs
    .filter((program) => !program.retired && servesTrack(program.tracks, track))
    .flatMap((program) =>
      program.windows.flatMap(({ closes }) => {
        if (!closes) return [];
        const last = lastDayOf(closes);
        const days = daysBetween(day, last);
        return days >= 0 && days <= deadlineDays ? [{ program, closes: last, days }] : [];
      }),
    )
    .sort((a, b) => a.days - b.days);
}
