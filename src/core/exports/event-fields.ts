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
  v.check((time) => isSameTime(time, time), 'is not a time that exists'),
);
export const day = v.pipe(
  v.string('must be text'),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-11-23'),
  v.check((date) => isSameTime(`${date}T00:00:00.000Z`, `${date}T00:00:00.000Z`), 'is not a day that exists'),
);

function isSameTime(time: string, written: string): boolean {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && date.toISOString() === written;
}
