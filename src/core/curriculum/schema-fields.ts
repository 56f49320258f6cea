/** What the schemas of the curriculum format are made of: ids, texts, estimates, dates. */
import * as v from 'valibot';

/** A schema with the sentence that an editor shows for it. */
export function about<const S extends v.GenericSchema>(schema: S, description: string) {
  return v.pipe(schema, v.description(description));
}

export const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by single hyphens'),
  v.maxLength(48, 'an id has at most 48 characters'),
);
export const text = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(4000, 'at most 4000 characters'));
export const line = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(300, 'at most 300 characters'),
  v.regex(/^[^\n\r]*$/, 'one line: fold a long one with >-'),
);
export const ids = v.array(id);
/** What every item can carry so that edits never cost the learner anything. */
export const lasting = {
  aliases: v.optional(about(ids, 'Ids that it had before it was renamed')),
  retired: v.optional(about(v.boolean(), 'No longer offered, but kept for those who did it')),
};

export const tracks = about(ids, 'Tracks that it serves; left out: all');
export const resources = about(ids, 'Ids of resources.yaml, best first');
export const scale = v.pipe(
  v.number(),
  v.integer('a whole number'),
  v.minValue(1, 'from 1 to 5'),
  v.maxValue(5, 'from 1 to 5'),
);
const minuteCount = v.pipe(
  v.number(),
  v.integer('whole minutes'),
  v.minValue(1, 'at least 1 minute'),
  v.maxValue(100_000, 'at most 100,000 minutes'),
);
export const minutes = v.pipe(
  v.strictTuple([minuteCount, minuteCount]),
  v.check(([low, high]) => low <= high, 'the low estimate comes first: [low, high]'),
  v.description('Honest estimate in minutes: [low, high]'),
);
export const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is YYYY-MM-DD'),
  v.check(isCalendarDate, 'there is no such day'),
);
export const dayOrMonth = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}(-\d{2})?$/, 'a date is YYYY-MM-DD or YYYY-MM'),
  v.check(isCalendarDate, 'there is no such date'),
);
export const url = about(line, 'https://...');
export const checked = v.optional(about(day, 'Day on which a person last opened the URL: YYYY-MM-DD'));
export const share = v.pipe(v.number(), v.minValue(0, 'from 0 to 1'), v.maxValue(1, 'from 0 to 1'));

function isCalendarDate(date: string): boolean {
  const day = date.length === 7 ? `${date}-01` : date;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}
