import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../../src/core/exports/check-event.js';
import { anyQuestionEvent } from '../../helpers/question-events.js';

const envelope = {
  id: '01a0e776-e340-7f60-8e93-6552ed8a87b5',
  action: '01a0e776-e340-7f60-8e93-6552ed8a87b5',
  at: '2026-09-28T10:02:03.456Z',
  day: '2026-09-28',
  tz: 'Europe/London',
  device: 'here',
  revision: null,
};
const answered = {
  sitting: 's1',
  mode: 'quiz',
  seed: 's',
  answer: { type: 'choice', option: 1 },
  result: 'correct',
  score: 1,
  confidence: 0.8,
  ms: null,
  concepts: ['softmax'],
  scheduling: null,
};

function problemsOf(kind: string, subject: string, data: unknown): readonly string[] {
  const checked = checkEvent({ ...envelope, kind, subject, data });
  return checked.valid ? [] : checked.problems;
}

describe('events about questions from outside', () => {
  it('are let in as the program writes them', () => {
    fc.assert(
      fc.property(anyQuestionEvent('aisafe'), ({ kind, subject, data }) => {
        expect(problemsOf(kind, subject, JSON.parse(JSON.stringify(data)))).toEqual([]);
      }),
    );
  });

  it.each([
    ['a confidence of less than a guess', { confidence: 0.4 }, 'data.confidence: must be from 0.5 to 1'],
    ['a result that there is not', { result: 'good' }, /data.result: /],
    ['an answer of no kind', { answer: { type: 'essay' } }, /data.answer/],
    ['a number that JSON can write and no one can mean', { answer: { type: 'number', value: Infinity } }, /finite/],
    ['a position before the first', { answer: { type: 'choice', option: -1 } }, /must not be negative/],
    ['a schedule of another algorithm', { scheduling: { algorithm: 'sm-2' } }, /data.scheduling/],
    ['a key from the future', { mood: 'fine' }, 'data.mood: is a key that this version does not know'],
  ])('refuse %s', (_what, change, problem) => {
    const [first] = problemsOf('question.answered', 'card/aisafe/softmax', { ...answered, ...change });
    expect(first).toEqual(problem instanceof RegExp ? expect.stringMatching(problem) : problem);
  });

  it('are about a card or a sitting', () => {
    expect(problemsOf('question.answered', 'task/aisafe/softmax', answered)).toHaveLength(1);
    expect(problemsOf('sitting.finished', 'card/aisafe/softmax', {})).toHaveLength(1);
    expect(problemsOf('card.resumed', 'card/aisafe/softmax', {})).toEqual([]);
  });
});
