import { describe, expect, it } from 'vitest';
import { conceptQuestions } from '../../../src/core/quiz/mastery-inputs.js';
import { answered, dueOn, question } from './questions-of.js';

const day = '2026-11-20';
const bank = [
  question('a', { concepts: ['softmax', 'temperature'] }),
  question('b', { concepts: ['softmax'], kind: 'explain' }),
  question('c', { concepts: ['softmax'] }),
  question('d', { concepts: ['rank'] }),
  question('gone', { concepts: ['rank', 'old'], retired: true }),
];
const cards = new Map([
  ['a', dueOn('2026-11-20', 10, { answers: 4, correct: 3, lapses: 6 })],
  ['b', dueOn('2026-11-30', 10)],
  ['c', answered({ answers: 0, correct: 0, lastResult: null })],
  ['d', answered({ lastResult: 'wrong', correct: 0 })],
]);

describe('what questions say of a concept', () => {
  const concepts = conceptQuestions(bank, cards, day);

  it('covers every concept of the bank, in its order, retired questions left out', () => {
    expect([...concepts.keys()]).toEqual(['softmax', 'temperature', 'rank']);
  });

  it('counts questions, answers and what was right', () => {
    expect(concepts.get('softmax')).toMatchObject({
      questions: 3,
      seen: 2,
      answers: 5,
      correct: 4,
      lastCorrect: 2,
      explained: 1,
      due: 1,
      leeches: 1,
    });
    expect(concepts.get('rank')).toMatchObject({ questions: 1, seen: 1, lastCorrect: 0, recall: null, weakest: null });
  });

  it('estimates recall today, and names the weakest question', () => {
    const softmax = concepts.get('softmax');
    // Ten days after the last review with a stability of ten days, and on the day itself.
    expect(softmax?.recall).toBeCloseTo((0.9 + 1) / 2, 5);
    expect(softmax?.weakest?.question).toBe('a');
    expect(softmax?.weakest?.recall).toBeCloseTo(0.9, 5);
  });
});
