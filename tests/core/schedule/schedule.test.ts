import fc from 'fast-check';
import { createEmptyCard, default_w, FSRSVersion, fsrs, get_fuzz_range, StrategyMode } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import type { CardState, Rating, SchedulingRecord } from '../../../src/core/schedule/card.js';
import { isLeech, isLeechLapse } from '../../../src/core/schedule/leech.js';
import { defaultParameters, fsrsVersion, longestInterval } from '../../../src/core/schedule/parameters.js';
import { ratingOf, selfRatings } from '../../../src/core/schedule/rating.js';
import { retrievability } from '../../../src/core/schedule/retrievability.js';
import { previewIntervals, replay, type ScheduleOptions, schedule } from '../../../src/core/schedule/schedule.js';
import { addDays } from '../../../src/core/time/calendar.js';

const firstDay = '2026-11-01';
const fresh: CardState = { phase: 'new' };

function optionsOn(day: string, more: Partial<ScheduleOptions> = {}): ScheduleOptions {
  const now = new Date(`${day}T18:00:00.000Z`);
  return { now, day, retention: 0.9, parameters: defaultParameters, fuzzSeed: 'seed', ...more };
}

interface Review {
  readonly rating: Rating;
  /** Days after the card was due; negative: before. */
  readonly late: number;
}

/** The records of a history; every review is so many days off its due day, but never before the last one. */
function play(history: readonly Review[], more: Partial<ScheduleOptions> = {}): readonly SchedulingRecord[] {
  const records: SchedulingRecord[] = [];
  let card = fresh;
  let day = firstDay;
  for (const [index, { rating, late }] of history.entries()) {
    if (card.phase === 'review') {
      const wanted = addDays(card.due, late);
      if (wanted > day) day = wanted;
    }
    const record = schedule(card, rating, optionsOn(day, { fuzzSeed: `seed/${index}`, ...more }));
    records.push(record);
    card = record.after;
  }
  return records;
}

/** What ts-fsrs alone makes of the same days and ratings. */
function playWithFsrs(records: readonly SchedulingRecord[], fuzz: boolean, retention = 0.9) {
  let card = createEmptyCard(new Date(`${firstDay}T00:00:00Z`));
  return records.map(({ day, rating, fuzzSeed }) => {
    const scheduler = fsrs({
      request_retention: retention,
      enable_fuzz: fuzz,
      enable_short_term: false,
      maximum_interval: longestInterval,
    }).useStrategy(StrategyMode.SEED, () => fuzzSeed);
    const next = scheduler.next(card, new Date(`${day}T00:00:00Z`), rating).card;
    card = { ...next, scheduled_days: Math.min(next.scheduled_days, longestInterval) };
    return card;
  });
}

function reviewed(card: CardState): Extract<CardState, { phase: 'review' }> {
  if (card.phase === 'new') throw new Error('not reviewed');
  return card;
}

const rating = fc.constantFrom<Rating>(1, 2, 3, 4);
const histories = fc.array(fc.record({ rating, late: fc.integer({ min: -30, max: 60 }) }), {
  minLength: 1,
  maxLength: 60,
});
const retention = fc.constantFrom(0.7, 0.8, 0.85, 0.9, 0.95, 0.97);

describe('the parameters', () => {
  it('are those of the installed ts-fsrs, which is FSRS-6', () => {
    expect(defaultParameters).toEqual([...default_w]);
    expect(FSRSVersion).toBe(`v${fsrsVersion} using FSRS-6.0`);
  });
});

describe('intervals', () => {
  it('are those of ts-fsrs for any history, retention and seed', () => {
    fc.assert(
      fc.property(histories, retention, (history, retention) => {
        const records = play(history, { retention });
        const theirs = playWithFsrs(records, true, retention);
        for (const [index, { after }] of records.entries()) {
          const { memory, intervalDays, reps, lapses } = reviewed(after);
          const { stability, difficulty, scheduled_days, reps: theirReps, lapses: theirLapses } = theirs[index] ?? {};
          expect({ ...memory, intervalDays, reps, lapses }).toEqual({
            stability,
            difficulty,
            intervalDays: scheduled_days,
            reps: theirReps,
            lapses: theirLapses,
          });
        }
      }),
    );
  });

  it('are those of ts-fsrs without fuzz when every day has the same load', () => {
    fc.assert(
      fc.property(histories, retention, (history, retention) => {
        const records = play(history, { retention, dueOn: () => 4 });
        const theirs = playWithFsrs(records, false, retention).map((card) => card.scheduled_days);
        expect(records.map(({ after }) => reviewed(after).intervalDays)).toEqual(theirs);
        expect(records.map(({ interval }) => interval.exact)).toEqual(theirs);
      }),
    );
  });

  it('of right answers on time grow as FSRS-6 says', () => {
    const records = play(Array.from({ length: 9 }, () => ({ rating: 3, late: 0 })));
    expect(records.map(({ interval }) => interval.exact)).toMatchInlineSnapshot(`
      [
        3,
        14,
        52,
        178,
        523,
        1394,
        1825,
        1825,
        1825,
      ]
    `);
    const withLapse = play([3, 3, 3, 1, 3, 3, 1, 1, 3, 4, 2].map((each) => ({ rating: each as Rating, late: 0 })));
    expect(withLapse.map(({ after }) => reviewed(after).intervalDays)).toMatchInlineSnapshot(`
      [
        3,
        12,
        50,
        2,
        6,
        15,
        2,
        1,
        3,
        4,
        5,
      ]
    `);
  });

  it('are longer the lower the desired retention', () => {
    const last = (retention: number) =>
      play(
        Array.from({ length: 5 }, () => ({ rating: 3, late: 0 })),
        { retention },
      ).at(-1)?.interval.exact ?? 0;
    expect(last(0.7)).toBeGreaterThan(last(0.9));
    expect(last(0.9)).toBeGreaterThan(last(0.97));
  });

  it('are never longer than the longest', () => {
    const records = play(Array.from({ length: 40 }, () => ({ rating: 4, late: 20 })));
    for (const { after } of records) expect(reviewed(after).intervalDays).toBeLessThanOrEqual(longestInterval);
  });

  it('of a late right answer get credit for the time it was remembered', () => {
    const onTime = play([...Array(3).fill({ rating: 3, late: 0 }), { rating: 3, late: 0 }]);
    const late = play([...Array(3).fill({ rating: 3, late: 0 }), { rating: 3, late: 30 }]);
    const stability = (records: readonly SchedulingRecord[]) =>
      reviewed(records.at(-1)?.after ?? fresh).memory.stability;
    expect(stability(late)).toBeGreaterThan(stability(onTime) * 1.2);
  });

  it('do not grow by answering twice on one day', () => {
    const [first, second] = play([
      { rating: 3, late: 0 },
      { rating: 3, late: -30 },
    ]);
    expect(second?.day).toBe(first?.day);
    expect(reviewed(second?.after ?? fresh).memory.stability).toBe(reviewed(first?.after ?? fresh).memory.stability);
  });

  it('count no time when the study day went back', () => {
    const { after } = schedule(fresh, 3, optionsOn('2026-11-10'));
    const again = schedule(after, 3, optionsOn('2026-11-09'));
    expect(again.day).toBe('2026-11-10');
    expect(again).toEqual({ ...schedule(after, 3, optionsOn('2026-11-10')), after: again.after });
  });

  it('end on a study day that is as many days ahead', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { day, after } of play(history)) {
          expect(addDays(day, reviewed(after).intervalDays)).toBe(reviewed(after).due);
        }
      }),
    );
  });
});

describe('a record', () => {
  const loads = fc.func(fc.nat(20)) as fc.Arbitrary<(day: string) => number>;

  it('holds everything that decided: it can be replayed', () => {
    fc.assert(
      fc.property(histories, retention, fc.option(loads, { nil: undefined }), (history, retention, dueOn) => {
        for (const record of play(history, { retention, dueOn })) {
          const stored: SchedulingRecord = JSON.parse(JSON.stringify(record));
          expect(replay(stored)).toEqual(record);
        }
      }),
    );
  });

  it('depends on its seed alone when the load is not looked at', () => {
    const start = play(Array.from({ length: 4 }, () => ({ rating: 3, late: 0 }))).at(-1)?.after ?? fresh;
    const day = reviewed(start).due;
    const with_ = (fuzzSeed: string) => schedule(start, 3, optionsOn(day, { fuzzSeed }));
    expect(with_('a')).toEqual(with_('a'));
    const chosen = new Set(Array.from({ length: 40 }, (_, seed) => reviewed(with_(`${seed}`).after).intervalDays));
    expect(chosen.size).toBeGreaterThan(3);
  });
});

describe('load smoothing', () => {
  it('goes to the emptiest day, and only within the range of the fuzz', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(30), { minLength: 7, maxLength: 7 }), (history, week) => {
        const dueOn = (day: string) => week[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 0;
        for (const { day, before, interval, after } of play(history, { dueOn })) {
          const { intervalDays, due } = reviewed(after);
          if (!interval.smoothing) {
            expect(interval.exact).toBeLessThan(2.5);
            expect(intervalDays).toBe(interval.exact);
            continue;
          }
          const elapsed =
            before.phase === 'new' ? 0 : Date.parse(day) - Date.parse(addDays(before.due, -before.intervalDays));
          const range = get_fuzz_range(interval.exact, elapsed / 86_400_000, longestInterval);
          expect(intervalDays).toBeGreaterThanOrEqual(range.min_ivl);
          expect(intervalDays).toBeLessThanOrEqual(range.max_ivl);
          expect(dueOn(due)).toBe(Math.min(...interval.smoothing.due));
        }
      }),
    );
  });
});

describe('previewIntervals', () => {
  it('says what each rating then does', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const card = play(history).at(-1)?.after ?? fresh;
        const options = optionsOn(reviewed(card).due);
        for (const [rating, days] of previewIntervals(card, [1, 2, 3, 4], options)) {
          expect(reviewed(schedule(card, rating, options).after).intervalDays).toBe(days);
        }
      }),
    );
  });

  it('never promises less for a better grade', () => {
    const [again = 0, hard = 0, good = 0, easy = 0] = previewIntervals(
      fresh,
      [1, 2, 3, 4],
      optionsOn(firstDay),
    ).values();
    expect([again, hard, good, easy]).toEqual([again, hard, good, easy].sort((a, b) => a - b));
    expect(again).toBe(1);
  });
});

describe('retrievability', () => {
  it('is that of ts-fsrs', () => {
    fc.assert(
      fc.property(histories, fc.nat(800), (history, days) => {
        const records = play(history);
        const last = records.at(-1);
        const theirs = playWithFsrs(records, true).at(-1);
        if (!last || !theirs) return;
        const day = addDays(last.day, days);
        expect(retrievability(last.after, day)).toBe(fsrs().get_retrievability(theirs, `${day}T00:00:00Z`, false));
      }),
    );
  });

  it('is unknown for a new card, whole on the day, and 0.9 after as many days as the stability', () => {
    expect(retrievability(fresh, firstDay)).toBeNull();
    const { after } = schedule(fresh, 4, optionsOn(firstDay));
    expect(retrievability(after, firstDay)).toBe(1);
    const card: CardState = { ...reviewed(after), memory: { stability: 10, difficulty: 5 } };
    expect(retrievability(card, addDays(firstDay, 10))).toBeCloseTo(0.9, 6);
  });
});

describe('ratings', () => {
  it.each([
    ['correct', 3, 3],
    ['partly', 1, 2],
    ['wrong', 1, 1],
    ['unknown', 1, 1],
    ['skipped', undefined, undefined],
  ] as const)('%s: %s with pass or fail, %s with four grades', (result, passFail, four) => {
    expect(ratingOf(result, 'pass-fail')).toBe(passFail);
    expect(ratingOf(result, 'four')).toBe(four);
  });

  it('leave a choice only to a right answer with four grades', () => {
    expect(selfRatings('correct', 'four')).toEqual([2, 3, 4]);
    expect(selfRatings('correct', 'pass-fail')).toEqual([3]);
    expect(selfRatings('wrong', 'four')).toEqual([1]);
    expect(selfRatings('skipped', 'four')).toEqual([]);
  });
});

describe('leeches', () => {
  it('are told at the sixth lapse, and every third after it', () => {
    const told = Array.from({ length: 16 }, (_, lapses) => lapses).filter(isLeechLapse);
    expect(told).toEqual([6, 9, 12, 15]);
    expect(isLeech({ lapses: 5 })).toBe(false);
    expect(isLeech({ lapses: 6 })).toBe(true);
  });
});
