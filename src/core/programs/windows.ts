/**
 * Where application windows stand on a day. Sources often give a month, or only one end: a month counts as open until
 * its last day, and what is not given stays unknown.
 */
import type { ApplicationWindow, Program } from '../curriculum/model.js';
import { daysBetween, lastDayOf } from '../time/calendar.js';

export type WindowState = 'open' | 'upcoming' | 'unknown' | 'past';
export type ProgramState = 'open' | 'upcoming' | 'rolling' | 'unknown' | 'past';

/** In the order in which a learner wants to see them. */
export const programStates = [
  'open',
  'upcoming',
  'rolling',
  'unknown',
  'past',
] as const satisfies readonly ProgramState[];

export interface WindowStanding {
  readonly window: ApplicationWindow;
  readonly state: WindowState;
  /** Days until it opens, at the earliest; undefined when it is open, over or nobody has said. */
  readonly opensIn: number | undefined;
  /** Days until it closes, at the latest (0: today); undefined when it is over or nobody has said. */
  readonly closesIn: number | undefined;
  /** The month is known but not the day, and it is this month: it may not have opened yet, or may have closed. */
  readonly thisMonth: boolean;
}

export interface ProgramStanding {
  readonly program: Program;
  readonly state: ProgramState;
  /** Open ones first, then upcoming, unknown, past; each soonest first, past ones newest first. */
  readonly windows: readonly WindowStanding[];
}

/**
 * Where one window stands. Without a closing date it ends when the program starts; without either, it counts as open
 * for half a year. With a closing date and no opening date it counts as open: a deadline ahead matters most.
 * @param day study day, YYYY-MM-DD.
 */
export function windowStanding(window: ApplicationWindow, day: string): WindowStanding {
  const { opens, closes, starts, ends } = window;
  const opensIn = opens === undefined ? undefined : daysBetween(day, firstDayOf(opens));
  const last = closes ?? starts ?? ends;
  const endsIn = last === undefined ? undefined : daysBetween(day, lastDayOf(last));
  const month = day.slice(0, 7);
  const standing = (state: WindowState): WindowStanding => ({
    window,
    state,
    opensIn: state === 'upcoming' ? opensIn : undefined,
    closesIn: state === 'past' || closes === undefined ? undefined : daysBetween(day, lastDayOf(closes)),
    thisMonth: state === 'open' && (opens === month || closes === month),
  });
  if (endsIn !== undefined && endsIn < 0) return standing('past');
  if (opensIn !== undefined && opensIn > 0) return standing('upcoming');
  if (endsIn === undefined && opensIn !== undefined) return standing(opensIn >= -openEndedDays ? 'open' : 'unknown');
  return standing(opensIn !== undefined || closes !== undefined ? 'open' : 'unknown');
}

/** How long a window without any known end is believed to be open. */
const openEndedDays = 183;

/** Where a program stands: the best of its windows. One without a deadline that takes applications all year is rolling. */
export function programStanding(program: Program, day: string): ProgramStanding {
  const windows = program.windows.map((window) => windowStanding(window, day)).sort(compareWindows);
  const states = new Set(windows.map(({ state }) => state));
  const hasDeadlineAhead = windows.some(({ state, closesIn }) => state === 'open' && closesIn !== undefined);
  return { program, state: programState(program, states, hasDeadlineAhead), windows };
}

function programState(program: Program, states: ReadonlySet<WindowState>, hasDeadlineAhead: boolean): ProgramState {
  if (hasDeadlineAhead) return 'open';
  if (program.rolling) return 'rolling';
  for (const state of ['open', 'upcoming', 'unknown', 'past'] as const) if (states.has(state)) return state;
  return 'unknown';
}

/** Programs in the order of their chances: open now, opening next, rolling, unknown, past; equals stay in order. */
export function sortPrograms(programs: readonly ProgramStanding[]): readonly ProgramStanding[] {
  return [...programs].sort((a, b) => {
    const rank = programStates.indexOf(a.state) - programStates.indexOf(b.state);
    const [first, second] = [a.windows[0], b.windows[0]];
    if (rank !== 0 || !first || !second || a.state === 'rolling') return rank;
    return compareWindows(first, second);
  });
}

const windowOrder: readonly WindowState[] = ['open', 'upcoming', 'unknown', 'past'];

function compareWindows(a: WindowStanding, b: WindowStanding): number {
  const rank = windowOrder.indexOf(a.state) - windowOrder.indexOf(b.state);
  if (rank !== 0) return rank;
  if (a.state === 'past') return compareText(lastDate(b.window), lastDate(a.window));
  return (a.opensIn ?? 0) - (b.opensIn ?? 0) || compareDays(a.closesIn, b.closesIn);
}

function compareDays(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  return a === undefined ? 1 : b === undefined ? -1 : a - b;
}

function lastDate({ opens, closes, starts, ends }: ApplicationWindow): string {
  return closes ?? starts ?? ends ?? opens ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstDayOf(dayOrMonth: string): string {
  return dayOrMonth.length === 10 ? dayOrMonth : `${dayOrMonth}-01`;
}
