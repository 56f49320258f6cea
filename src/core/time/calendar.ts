/** Arithmetic on days of the calendar, written YYYY-MM-DD. No clock and no time zone: a study day is already local. */

const millisecondsOfDay = 86_400_000;

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * millisecondsOfDay).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsOfDay);
}

/** The last day that a day (itself) or a month, YYYY-MM, stands for. */
export function lastDayOf(dayOrMonth: string): string {
  if (dayOrMonth.length === 10) return dayOrMonth;
  const [year = 0, month = 1] = dayOrMonth.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
