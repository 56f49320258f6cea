/** How times and spans are written for a person; machines get ISO 8601. */
import type { Ui } from './ui.js';

const day = 86_400_000;

/** An instant: relative on a terminal (`3 days ago`), ISO 8601 in a pipe. */
export function when(ui: Ui, iso: string): string {
  if (!ui.tty) return iso;
  const past = ui.now.getTime() - new Date(iso).getTime();
  const ago = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  if (past < 0) return localDate(ui, iso);
  if (past < 60_000) return 'just now';
  if (past < 3_600_000) return ago(Math.floor(past / 60_000), 'minute');
  if (past < day) return ago(Math.floor(past / 3_600_000), 'hour');
  if (past < 14 * day) return ago(Math.floor(past / day), 'day');
  if (past < 60 * day) return ago(Math.floor(past / (7 * day)), 'week');
  return localDate(ui, iso);
}

/** The calendar date of an instant in the learner's time zone: `23 Nov 2026`. */
function localDate(ui: Ui, iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: ui.timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(iso));
}

/** A day or month of the calendar (`2026-11-23`, `2026-11`): `23 Nov 2026`, `Nov 2026` on a terminal. */
export function calendarDate(ui: Ui, text: string): string {
  if (!ui.tty) return text;
  const wholeMonth = text.length === 7;
  const date = new Date(`${wholeMonth ? `${text}-01` : text}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    month: 'short',
    year: 'numeric',
    ...(wholeMonth ? {} : { day: 'numeric' as const }),
  }).format(date);
}

/** Whole minutes as `40 min`, `2 h`, `2.5 h`, `31 h`. */
export function span(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return `${hours < 10 ? Math.round(hours * 2) / 2 : Math.round(hours)} h`;
}

/** A low and a high estimate: `40-60 min`, `1.5-3 h`, `45 min to 2 h`. */
export function spanRange([low, high]: readonly [number, number]): string {
  if (span(low) === span(high)) return span(low);
  if (high < 90) return `${Math.round(low)}-${span(high)}`;
  if (low < 60) return `${span(low)} to ${span(high)}`;
  const hours = low < 90 ? String(Math.round(low / 30) / 2) : span(low).replace(' h', '');
  return `${hours}-${span(high)}`;
}
