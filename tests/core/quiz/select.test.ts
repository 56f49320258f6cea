import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mainConcept, type QuizItem } from '../../../src/core/quiz/quiz-item.js';
import { type SelectOptions, selectQuestions } from '../../../src/core/quiz/select.js';
import { answered, question } from './questions-of.js';

const bank: readonly QuizItem[] = Array.from({ length: 60 }, (_, index) =>
  question(`q${index}`, {
    concepts: [`c${index % 6}`, 'maths'],
    kind: index % 2 === 0 ? 'choice' : 'number',
  }),
);

function drawn(options: Partial<SelectOptions> = {}, cards = new Map(), from = bank): readonly QuizItem[] {
  return selectQuestions(from, cards, { count: 10, seed: 's', ...options });
}

describe('choosing questions', () => {
  it('spreads them evenly over the concepts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.string(), (count, seed) => {
        const chosen = drawn({ count, seed }).map(mainConcept);
        const counts = [0, 1, 2, 3, 4, 5].map((each) => chosen.filter((concept) => concept === `c${each}`).length);
        expect(chosen).toHaveLength(count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps to the topic, under whichever of its concepts a question has', () => {
    const chosen = drawn({ concepts: new Set(['c1', 'c4']), count: 30 });
    expect(new Set(chosen.map(mainConcept))).toEqual(new Set(['c1', 'c4']));
    expect(chosen).toHaveLength(20);
    expect(drawn({ concepts: new Set(['maths']), count: 100 })).toHaveLength(60);
    expect(drawn({ concepts: new Set(['nothing']) })).toEqual([]);
  });

  it('keeps to the kinds', () => {
    expect(new Set(drawn({ kinds: new Set(['number']), count: 100 }).map(({ kind }) => kind))).toEqual(
      new Set(['number']),
    );
  });

  it('takes first what was never answered, then what was answered longest ago', () => {
    const at = (day: number) => answered({ lastAt: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z` });
    const one = Array.from({ length: 5 }, (_, index) => question(`q${index}`));
    const cards = new Map([
      ['q0', at(20)],
      ['q1', at(3)],
      ['q3', at(9)],
    ]);
    const names = (count: number) =>
      drawn({ count }, cards, one)
        .map(({ id }) => id)
        .toSorted();
    expect(names(2)).toEqual(['q2', 'q4']);
    expect(names(3)).toEqual(['q1', 'q2', 'q4']);
    expect(names(4)).toEqual(['q1', 'q2', 'q3', 'q4']);
  });

  it('leaves out retired, suspended and flagged questions', () => {
    const flagged = { at: '2026-11-01T12:00:00.000Z', note: '', revision: 'aa' };
    const some = [
      question('kept'),
      question('retired', { retired: true }),
      question('aside'),
      question('flagged'),
      question('mended'),
    ];
    const cards = new Map([
      ['aside', answered({ suspended: { at: '', reason: 'learner' } })],
      ['flagged', answered({ flagged })],
      ['mended', answered({ flagged })],
    ]);
    const revisions = { flagged: 'aa', mended: 'bb' };
    const chosen = selectQuestions(some, cards, { count: 9, seed: 's' }, revisions).map(({ id }) => id);
    expect(chosen.toSorted()).toEqual(['kept', 'mended']);
  });

  it('takes siblings only when the others do not suffice', () => {
    const some = ['a', 'b', 'c', 'd'].map((id) => question(id, { source: [id < 'c' ? 'one' : id] }));
    for (const seed of ['1', '2', '3', '4']) {
      const three = drawn({ count: 3, seed }, new Map(), some).map(({ id }) => id);
      expect(three).toEqual(expect.arrayContaining(['c', 'd']));
      expect(drawn({ count: 4, seed }, new Map(), some)).toHaveLength(4);
    }
  });

  it('is repeated by its seed', () => {
    expect(drawn()).toEqual(drawn());
    expect(drawn({ seed: 'other' })).not.toEqual(drawn());
  });
});
