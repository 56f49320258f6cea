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
    studyDay: (instant) => {
      const shifted = new Date(instant.getTime() - dayStartHour * 3_600_000);
      return timeZone === undefined ? systemDay(shifted) : zonedDay(shifted, timeZone);
    },
    // Asking the system for its zone loads Intl's data (13 ms), so it is asked only when the name is needed.
    get timeZone() {
      return timeZone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
    },
  };
}

function systemDay(instant: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const year = String(instant.getFullYear()).padStart(4, '0');
  return `${year}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

function zonedDay(instant: Date, timeZone: string): string {
  // en-CA writes dates as YYYY-MM-DD.
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}
