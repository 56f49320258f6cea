import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mainConcept } from '../../../src/core/quiz/quiz-item.js';
import type { RecordedAnswer } from '../../../src/core/quiz/recorded-answer.js';
import { defaultParameters } from '../../../src/core/schedule/parameters.js';
import { countReviewed, dueQueue, type QueueOptions, type ReviewCard } from '../../../src/core/schedule/queue.js';
import { schedule } from '../../../src/core/schedule/schedule.js';
import { answered, dueOn, question } from '../quiz/questions-of.js';

const day = '2026-11-20';
const none = { new: 0, due: 0 };

function queue(cards: readonly ReviewCard[], more: Partial<QueueOptions> = {}) {
  return dueQueue(cards, { day, caps: { new: 10, due: 60 }, done: none, seed: 's', ...more });
}

function names(cards: readonly ReviewCard[], more: Partial<QueueOptions> = {}): readonly string[] {
  return queue(cards, more).cards.map((card) => card.question.id);
}

const card = (id: string, due: string | null, given: Parameters<typeof question>[1] = {}): ReviewCard => ({
  question: question(id, given),
  progress: due === null ? undefined : dueOn(due),
});

describe('the queue of a day', () => {
  it('holds what is due today or was before, not what is due later', () => {
    expect(names([card('a', '2026-11-20'), card('b', '2026-11-21'), card('c', '2026-01-01')]).toSorted()).toEqual([
      'a',
      'c',
    ]);
  });

  it('leaves out what is retired, set aside, or flagged and not edited since', () => {
    const flagged = { at: day, note: 'two answers are right', revision: 'aa' };
    const cards: readonly ReviewCard[] = [
      card('retired', day, { retired: true }),
      { question: question('aside'), progress: dueOn(day, 3, { suspended: { at: day, reason: 'leech' } }) },
      { question: question('flagged'), progress: dueOn(day, 3, { flagged }), revision: 'aa' },
      { question: question('mended'), progress: dueOn(day, 3, { flagged }), revision: 'bb' },
    ];
    expect(names(cards)).toEqual(['mended']);
  });

  it('takes no more than the caps leave, the longest due first', () => {
    const due = Array.from({ length: 9 }, (_, index) => card(`due-${index}`, `2026-11-1${index}`));
    const fresh = Array.from({ length: 9 }, (_, index) => card(`new-${index}`, null));
    const options = { caps: { new: 4, due: 5 }, done: { new: 1, due: 2 } };
    const { cards, left } = queue([...due, ...fresh].toReversed(), options);
    expect(cards.map((each) => each.question.id).toSorted()).toEqual([
      'due-0',
      'due-1',
      'due-2',
      'new-6',
      'new-7',
      'new-8',
    ]);
    expect(left).toEqual({ today: 0, later: 6 });
    expect(queue(due, { limit: 2 }).left).toEqual({ today: 7, later: 0 });
    expect(names(due, { caps: none, done: { new: 3, due: 3 } })).toEqual([]);
  });

  it('has no two cards of one source as long as there are others', () => {
    const cards = [
      card('a', '2026-11-01', { source: ['one'] }),
      card('b', '2026-11-02', { source: ['one', 'two'] }),
      card('c', '2026-11-03', { source: ['two'] }),
      card('d', '2026-11-04', { source: ['three'] }),
      card('e', null, { source: ['three'] }),
      card('f', null, { source: ['four'] }),
    ];
    expect(names(cards, { limit: 3 }).toSorted()).toEqual(['a', 'c', 'd']);
    expect(names(cards, { limit: 4 }).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(names(cards, { caps: { new: 1, due: 60 } }).toSorted()).toEqual(['a', 'b', 'c', 'd', 'f']);
  });

  it('is the same for the same seed, whatever the order of the cards', () => {
    const cards = Array.from({ length: 20 }, (_, index) => card(`q${index}`, day, { concepts: [`c${index % 4}`] }));
    expect(names(cards)).toEqual(names(cards.toReversed()));
    expect(names(cards, { seed: 'other' })).not.toEqual(names(cards));
  });

  it('puts questions of one concept side by side only when there is no other way', () => {
    const concepts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(concepts, fc.string(), (list, seed) => {
        const cards = list.map((concept, index) => card(`q${index}`, day, { concepts: [concept] }));
        const order = queue(cards, { seed }).cards.map((each) => mainConcept(each.question));
        expect(order.toSorted()).toEqual(list.toSorted());
        const together = order.filter((concept, index) => concept === order[index - 1]).length;
        const most = Math.max(...['a', 'b', 'c', 'd'].map((each) => list.filter((concept) => concept === each).length));
        expect(together).toBe(Math.max(0, most - (list.length - most) - 1));
      }),
    );
  });
});

describe('what was done today', () => {
  const answer = (id: string, before: 'new' | 'review', given: Partial<RecordedAnswer> = {}): RecordedAnswer => ({
    curriculum: 'aisafe',
    question: id,
    action: id,
    at: `${day}T12:00:00.000Z`,
    day,
    revision: null,
    sitting: 's',
    mode: 'review',
    seed: 's',
    answer: { type: 'unknown' },
    result: 'unknown',
    score: 0,
    confidence: null,
    ms: null,
    concepts: [],
    scheduling: schedule(before === 'new' ? { phase: 'new' } : dueOn(day).card, 1, {
      now: new Date(`${day}T12:00:00Z`),
      day,
      retention: 0.9,
      parameters: defaultParameters,
      fuzzSeed: '',
    }),
    ...given,
  });

  it('counts each card once: new ones of any mode, due ones of reviews', () => {
    const answers = [
      answer('a', 'new', { mode: 'quiz' }),
      answer('a', 'review'),
      answer('b', 'review'),
      answer('b', 'review'),
      answer('c', 'review', { mode: 'quiz' }),
      answer('d', 'review', { day: '2026-11-19' }),
      answer('e', 'new', { scheduling: null }),
    ];
    expect(countReviewed(answers, day)).toEqual({ new: 1, due: 1 });
  });

  it('a card that was never scheduled counts as new', () => {
    const cards = [{ question: question('a'), progress: answered() }];
    expect(names(cards, { caps: { new: 1, due: 0 } })).toEqual(['a']);
  });
});
