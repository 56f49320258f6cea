/** The only source of the time. `AISAFE_NOW` (ISO 8601) stops it at one instant, for scripts and tests. */
export interface Clock {
  now(): Date;
  /**
   * The study day that an instant belongs to, YYYY-MM-DD in the learner's time zone. It begins at 04:00: an evening
   * past midnight still belongs to the day before.
   */
  studyDay(instant: Date): string;
  /** IANA name of the learner's time zone. */
  readonly timeZone: string;
}

/** The hour of local time at which a study day begins. */
const dayStartHour = 4;

interface ClockOptions {
  /** Stands still at this instant. */
  readonly at?: Date | undefined;
  /** Another zone than that of the system. */
  readonly timeZone?: string | undefined;
}

export function createClock({ at, timeZone }: ClockOptions = {}): Clock {
  return {
    now: () => (at ? new Date(at.getTime()) : new Date()),
    studyDay: (instant) => (timeZone === undefined ? systemDay(instant) : zonedDay(instant, timeZone)),
    // Asking the system for its zone loads Intl's data (13 ms), so it is asked only when the name is needed.
    get timeZone() {
      return timeZone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
    },
  };
}

function systemDay(instant: Date): string {
  return dayAt(instant.getFullYear(), instant.getMonth() + 1, instant.getDate(), instant.getHours());
}

function zonedDay(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  return dayAt(part('year'), part('month'), part('day'), part('hour'));
}

/** The study day at an hour of local time. It goes by the clock on the wall, also when that is put forward or back. */
function dayAt(year: number, month: number, day: number, hour: number): string {
  return new Date(Date.UTC(year, month - 1, hour < dayStartHour ? day - 1 : day)).toISOString().slice(0, 10);
}
