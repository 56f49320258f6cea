/** The only source of the time. `AISAFE_NOW` (ISO 8601) stops it at one instant, for scripts and tests. */
export interface Clock {
  now(): Date;
  /** IANA name of the learner's time zone. */
  readonly timeZone: string;
}

/** The hour of local time at which a study day begins: an evening past midnight still belongs to the day before. */
export const dayStartHour = 4;

/**
 * The study day that an instant belongs to.
 * @returns YYYY-MM-DD in `timeZone`, shifted so that the day begins at 04:00.
 */
export function studyDay(instant: Date, timeZone: string): string {
  const shifted = new Date(instant.getTime() - dayStartHour * 3_600_000);
  return localDay(shifted, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localDay(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // en-CA writes dates as YYYY-MM-DD.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}

export function systemClock(): Clock {
  return { now: () => new Date(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC' };
}

/** A clock that stands still. */
export function fixedClock(instant: Date, timeZone: string): Clock {
  return { now: () => new Date(instant.getTime()), timeZone };
}
