/** What spaced repetition knows of one question. */

/** Memory state of a card that has been reviewed, as FSRS-6 models it. */
export interface Memory {
  /** Days until the probability of recall falls to 0.9. */
  readonly stability: number;
  /** 1 (easy) to 10. */
  readonly difficulty: number;
}

export type CardState =
  /** Never answered in a way that counts. */
  | { readonly phase: 'new' }
  | {
      readonly phase: 'review';
      readonly memory: Memory;
      readonly lastReviewedAt: string;
      /** Study day on which it is due, YYYY-MM-DD. */
      readonly due: string;
      readonly intervalDays: number;
      readonly reps: number;
      readonly lapses: number;
    };

/** Again, hard, good, easy. With the pass/fail mapping only 1 and 3 occur. */
export type Rating = 1 | 2 | 3 | 4;

/** Everything that decided an interval, kept with the review so that it can be explained and replayed. */
export interface SchedulingRecord {
  readonly algorithm: 'fsrs-6';
  /** Version of ts-fsrs. */
  readonly version: string;
  readonly parameters: readonly number[];
  /** Desired retention, 0.70 to 0.97. */
  readonly retention: number;
  readonly day: string;
  /** Seed of the fuzz. */
  readonly fuzzSeed: string;
  readonly rating: Rating;
  readonly interval: IntervalRecord;
  readonly before: CardState;
  readonly after: CardState;
}

/** How an interval came about, in days. */
export interface IntervalRecord {
  /** Before fuzz and smoothing. */
  readonly exact: number;
  /** No interval is longer. */
  readonly longest: number;
  /**
   * The load that was evened out: how many cards were due already on each day that the fuzz allows, the first of them
   * `earliest` days ahead. Null when the seed alone decided.
   */
  readonly smoothing: { readonly earliest: number; readonly due: readonly number[] } | null;
}
