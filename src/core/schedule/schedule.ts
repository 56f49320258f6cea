/**
 * When a question comes back: FSRS-6 by ts-fsrs, counted in whole study days. The long-term scheduler of ts-fsrs fits:
 * there are no learning steps of minutes, and a second answer on the same day counts as no time gone by.
 */
import { type Card, createEmptyCard, type FSRS, fsrs, get_fuzz_range, State, StrategyMode } from 'ts-fsrs';
import { addDays } from '../time/calendar.js';
import type { CardState, IntervalRecord, Rating, SchedulingRecord } from './card.js';
import { fsrsVersion, longestInterval } from './parameters.js';
import { lastReviewDay } from './retrievability.js';

export interface ScheduleOptions {
  readonly now: Date;
  /** Study day, YYYY-MM-DD. */
  readonly day: string;
  /** Desired probability of recall when it comes back, 0.70 to 0.97. */
  readonly retention: number;
  /** w0 to w20 of FSRS-6. */
  readonly parameters: readonly number[];
  readonly fuzzSeed: string;
  /**
   * How many cards are due on a study day already. When given, the interval goes to the emptiest day that the fuzz
   * allows; else the seed alone chooses.
   */
  readonly dueOn?: ((day: string) => number) | undefined;
}

/** Intervals below this are not fuzzed. */
const leastFuzzed = 2.5;

/** What an answer does to a card, with everything that decided it. */
export function schedule(card: CardState, rating: Rating, options: ScheduleOptions): SchedulingRecord {
  const { now, retention, parameters, fuzzSeed, dueOn } = options;
  const day = studyDayOf(card, options.day);
  const earlier = toFsrs(card, day);
  const exact = nextCard(createScheduler(options, false), earlier, day, rating);
  const range = fuzzRange(exact.scheduled_days, exact.elapsed_days);
  const smoothing = dueOn && range ? lookAtLoad(day, range, dueOn) : null;
  const intervalDays =
    smoothing === null
      ? nextCard(createScheduler(options, true), earlier, day, rating).scheduled_days
      : emptiestDay(smoothing, exact.scheduled_days);
  const after: CardState = {
    phase: 'review',
    memory: { stability: exact.stability, difficulty: exact.difficulty },
    lastReviewedAt: now.toISOString(),
    due: addDays(day, intervalDays),
    intervalDays,
    reps: exact.reps,
    lapses: exact.lapses,
  };
  return {
    algorithm: 'fsrs-6',
    version: fsrsVersion,
    parameters,
    retention,
    day,
    fuzzSeed,
    rating,
    interval: { exact: exact.scheduled_days, longest: longestInterval, smoothing },
    before: card,
    after,
  };
}

/** The record that the same circumstances give again: equal to the one that was stored. */
export function replay(record: SchedulingRecord): SchedulingRecord {
  const { before, rating, after, day, retention, parameters, fuzzSeed, interval } = record;
  const { smoothing } = interval;
  const now = new Date(after.phase === 'review' ? after.lastReviewedAt : `${day}T00:00:00Z`);
  const earliest = smoothing && addDays(day, smoothing.earliest);
  const known = new Map(smoothing?.due.map((count, index) => [addDays(earliest ?? day, index), count]));
  const dueOn = smoothing ? (each: string) => known.get(each) ?? 0 : undefined;
  return schedule(before, rating, { now, day, retention, parameters, fuzzSeed, dueOn });
}

/** Days until the card would come back, by rating. */
export function previewIntervals(
  card: CardState,
  ratings: readonly Rating[],
  options: ScheduleOptions,
): ReadonlyMap<Rating, number> {
  return new Map(
    ratings.map((rating) => {
      const { after } = schedule(card, rating, options);
      return [rating, after.phase === 'review' ? after.intervalDays : 0];
    }),
  );
}

/** A learner who travels west can live a day twice: no time has gone by then. */
function studyDayOf(card: CardState, day: string): string {
  if (card.phase === 'new') return day;
  const last = lastReviewDay(card);
  return day < last ? last : day;
}

function createScheduler({ retention, parameters, fuzzSeed }: ScheduleOptions, fuzz: boolean): FSRS {
  const scheduler = fsrs({
    request_retention: retention,
    maximum_interval: longestInterval,
    w: parameters,
    enable_fuzz: fuzz,
    enable_short_term: false,
    learning_steps: [],
    relearning_steps: [],
  });
  return scheduler.useStrategy(StrategyMode.SEED, () => fuzzSeed);
}

function nextCard(scheduler: FSRS, card: Card, day: string, rating: Rating): Card {
  const next = scheduler.next(card, midnight(day), rating).card;
  // ts-fsrs keeps the grades a day apart even at its maximum, and so goes beyond it.
  return { ...next, scheduled_days: Math.min(next.scheduled_days, longestInterval) };
}

/** ts-fsrs counts days of UTC; study days are handed to it as such. */
function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function toFsrs(card: CardState, day: string): Card {
  if (card.phase === 'new') return createEmptyCard(midnight(day));
  return {
    due: midnight(card.due),
    stability: card.memory.stability,
    difficulty: card.memory.difficulty,
    elapsed_days: 0,
    scheduled_days: card.intervalDays,
    learning_steps: 0,
    reps: card.reps,
    lapses: card.lapses,
    state: State.Review,
    last_review: midnight(lastReviewDay(card)),
  };
}

interface DayRange {
  readonly earliest: number;
  readonly latest: number;
}

function fuzzRange(interval: number, elapsed: number): DayRange | undefined {
  if (interval < leastFuzzed) return undefined;
  const { min_ivl, max_ivl } = get_fuzz_range(interval, elapsed, longestInterval);
  return { earliest: min_ivl, latest: max_ivl };
}

function lookAtLoad(
  day: string,
  { earliest, latest }: DayRange,
  dueOn: (day: string) => number,
): NonNullable<IntervalRecord['smoothing']> {
  const due = Array.from({ length: latest - earliest + 1 }, (_, index) => dueOn(addDays(day, earliest + index)));
  return { earliest, due };
}

/** The emptiest day; among equals the nearest to the exact interval, the earlier first. */
function emptiestDay({ earliest, due }: NonNullable<IntervalRecord['smoothing']>, exact: number): number {
  const distance = (index: number) => Math.abs(earliest + index - exact);
  let best = 0;
  for (const [index, count] of due.entries()) {
    const least = due[best] ?? 0;
    if (count < least || (count === least && distance(index) < distance(best))) best = index;
  }
  return earliest + best;
}
