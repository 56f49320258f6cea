import { describe, expect, it } from 'vitest';
import type { CardProgress } from '../../../src/core/progress/state.js';
import { createGenerator } from '../../../src/core/quiz/generator.js';
import type { Rating } from '../../../src/core/schedule/card.js';
import { defaultParameters } from '../../../src/core/schedule/parameters.js';
import { dueQueue } from '../../../src/core/schedule/queue.js';
import { retrievability } from '../../../src/core/schedule/retrievability.js';
import { schedule } from '../../../src/core/schedule/schedule.js';
import { addDays } from '../../../src/core/time/calendar.js';
import { dueOn, question } from '../quiz/questions-of.js';

const caps = { new: 10, due: 60 };
const bank = Array.from({ length: 450 }, (_, index) =>
  question(`q${index}`, { concepts: [`concept-${index % 45}`], source: [`source-${index % 80}`] }),
);

interface Day {
  readonly new: number;
  readonly due: number;
  /** Due and left for another day. */
  readonly later: number;
}

/** A learner who remembers as FSRS-6 predicts, and stays away from day 25 to day 38. */
function study(seed: string): { readonly days: readonly Day[]; readonly cards: ReadonlyMap<string, CardProgress> } {
  const chance = createGenerator(seed);
  const cards = new Map<string, CardProgress>();
  const load = new Map<string, number>();
  const count = (day: string, change: number) => load.set(day, (load.get(day) ?? 0) + change);
  const days: Day[] = [];
  for (let number = 0; number < 60; number += 1) {
    const day = addDays('2026-09-01', number);
    if (number >= 25 && number < 39) {
      days.push({ new: 0, due: 0, later: 0 });
      continue;
    }
    const all = bank.map((each) => ({ question: each, progress: cards.get(each.id) }));
    const { cards: asked, left } = dueQueue(all, { day, caps, done: { new: 0, due: 0 }, seed: `${seed}/${day}` });
    let fresh = 0;
    for (const {
      question: { id },
      progress,
    } of asked) {
      const card = progress?.card ?? { phase: 'new' as const };
      if (card.phase === 'new') fresh += 1;
      else count(card.due, -1);
      const rating: Rating = chance.next() < (retrievability(card, day) ?? 0.7) ? 3 : 1;
      const now = new Date(`${day}T18:00:00Z`);
      const options = { now, day, retention: 0.9, parameters: defaultParameters, fuzzSeed: `${id}/${number}` };
      const { after } = schedule(card, rating, { ...options, dueOn: (each) => load.get(each) ?? 0 });
      if (after.phase === 'review') count(after.due, 1);
      cards.set(id, dueOn(day, 1, { card: after }));
    }
    days.push({ new: fresh, due: asked.length - fresh, later: left.later });
  }
  return { days, cards };
}

describe('sixty days with a gap of fourteen', () => {
  it.each(['one', 'two', 'three'])('stay within the caps, every day, and the backlog is worked off (%s)', (seed) => {
    const { days, cards } = study(seed);
    for (const day of days) {
      expect(day.new).toBeLessThanOrEqual(caps.new);
      expect(day.due).toBeLessThanOrEqual(caps.due);
    }
    expect(days[39]?.due).toBe(caps.due);
    expect(days[39]?.later).toBeGreaterThan(0);
    expect(days.slice(49).map((day) => day.later)).toEqual(Array.from({ length: 11 }, () => 0));
    expect(cards.size).toBe(450);
  });

  it('have no heaps: a day has at most twice the load of the week around it', () => {
    const { days } = study('four');
    const steady = days.slice(10, 25).map((day) => day.due);
    const mean = steady.reduce((sum, each) => sum + each, 0) / steady.length;
    expect(Math.max(...steady)).toBeLessThan(mean * 2);
  });
});
