/** The values that events are made of, as they may come from outside. */
import * as v from 'valibot';

/** The longest text of the learner's own: more than a command line can carry. */
const longestText = 200_000;

export const pattern = (regex: RegExp, message: string, longest: number) =>
  v.pipe(v.string('must be text'), v.regex(regex, message), v.maxLength(longest, `at most ${longest} characters`));
export const text = v.pipe(v.string('must be text'), v.maxLength(longestText, `at most ${longestText} characters`));
export const name = v.pipe(
  v.string('must be text'),
  v.nonEmpty('must not be empty'),
  v.maxLength(4096, 'at most 4096 characters'),
);
export const uuid = pattern(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID in lower case', 36);
// Ids of notes, evidence and attempts are made by the program, those of items come from curricula.
export const word = pattern(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be an id', 100);
export const qualifiedId = pattern(
  /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/,
  'must be an id such as aisafe/task',
  320,
);
export const revision = pattern(/^[0-9a-f]+$/, 'must be a hash in lower-case hex', 64);

export const timestamp = v.pipe(
  v.string('must be text'),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'must be a UTC time such as 2026-11-23T18:00:00.000Z'),
  v.check(
    (time) => isDay(time) && time.slice(11, 13) < '24' && time.slice(14, 16) < '60' && time.slice(17, 19) < '60',
    'is not a time that exists',
  ),
);
export const day = v.pipe(
  v.string('must be text'),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-11-23'),
  v.check(isDay, 'is not a day that exists'),
);

let lastDay: string | undefined;

/** By the calendar that JavaScript counts by, which goes back to the year 0. Most events are of the day of the one before. */
function isDay(date: string): boolean {
  const day = date.slice(0, 10);
  if (day === lastDay) return true;
  if (!isInCalendar(day)) return false;
  lastDay = day;
  return true;
}

function isInCalendar(date: string): boolean {
  const [year, month, dayOfMonth] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return dayOfMonth >= 1 && dayOfMonth <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
