import { describe, expect, it } from 'vitest';
import { assessQuiz, assessRecall, questionsOn } from '../../../src/core/assessment/drawn-questions.js';
import type { SittingState } from '../../../src/core/progress/state.js';
import type { RecordedAnswer } from '../../../src/core/quiz/recorded-answer.js';
import { sampleCurriculum, samplePhase, sampleTask } from '../../helpers/curriculum.js';
import { answered, dueOn, question } from '../quiz/questions-of.js';

const quiz = { count: 3, pass: 0.6 };

const sitting: SittingState = {
  id: 's',
  mode: 'check',
  curriculum: 'sample',
  topic: 'check',
  items: ['a', 'b', 'c'].map((id) => ({ question: id, seed: id })),
  startedAt: '2026-11-01T12:00:00.000Z',
  finishedAt: null,
};

const answer = (id: string, result: RecordedAnswer['result'], at = '2026-11-01T12:00:00.000Z'): RecordedAnswer => ({
  action: 'x',
  curriculum: 'sample',
  question: id,
  at,
  day: at.slice(0, 10),
  revision: null,
  sitting: 's',
  mode: 'check',
  seed: id,
  answer: { type: 'unknown' },
  result,
  score: 0,
  confidence: null,
  ms: null,
  concepts: [],
  scheduling: null,
});

const assessed = (...answers: readonly RecordedAnswer[]) => assessQuiz(quiz, 9, sitting, answers, () => true);

describe('the drawn questions of a checkpoint', () => {
  it('are not taken before the first answer; fewer are asked when there are fewer', () => {
    expect(assessQuiz(quiz, 9, undefined, [], () => true)).toMatchObject({
      state: 'not-taken',
      asked: 3,
      ready: false,
    });
    expect(assessQuiz(quiz, 2, undefined, [], () => true)).toMatchObject({ asked: 2 });
  });

  it('pass with the share of right answers; the newest answer to a question counts', () => {
    expect(assessed(answer('a', 'correct'))).toMatchObject({ state: 'begun', share: undefined, ready: false });
    const two = [answer('a', 'correct'), answer('b', 'partly'), answer('c', 'correct')];
    expect(assessed(...two)).toMatchObject({ state: 'passed', right: 2, share: 2 / 3, ready: true });
    expect(assessed(answer('a', 'correct'), answer('b', 'skipped'), answer('c', 'wrong'))).toMatchObject({
      state: 'failed',
      share: 1 / 3,
    });
    expect(assessed(...two, answer('a', 'wrong', '2026-11-02T12:00:00.000Z'))).toMatchObject({
      state: 'failed',
      at: '2026-11-02T12:00:00.000Z',
    });
  });

  it('leave out what the curriculum has dropped meanwhile', () => {
    const left = assessQuiz(quiz, 9, sitting, [answer('a', 'correct'), answer('b', 'correct')], (id) => id !== 'c');
    expect(left).toMatchObject({ state: 'passed', asked: 2, share: 1 });
  });

  it('are those on the phase that need nothing of a later one', () => {
    const curriculum = sampleCurriculum([
      samplePhase('one', [sampleTask('a', { concepts: ['softmax'] })]),
      samplePhase('two', [sampleTask('b', { concepts: ['probing', 'softmax'] })]),
    ]);
    const bank = [
      question('plain'),
      question('ahead', { concepts: ['softmax', 'probing'] }),
      question('other', { concepts: ['elsewhere'] }),
      question('gone', { retired: true }),
    ];
    const ids = (index: number) => {
      const phase = curriculum.phases[index];
      return phase ? questionsOn(phase, curriculum, bank).map(({ id }) => id) : [];
    };
    expect(ids(0)).toEqual(['plain']);
    expect(ids(1)).toEqual(['plain', 'ahead']);
  });
});

describe('estimated recall', () => {
  const cards = new Map([
    ['a', dueOn('2026-11-20')],
    ['b', dueOn('2026-11-20')],
    ['c', answered()],
    ['d', dueOn('2020-01-01', 10, { suspended: { at: '', reason: 'learner' } })],
  ]);
  const asked = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

  it('is the mean over what is scheduled, and falls', () => {
    const on = (day: string) => assessRecall({ count: 3, pass: 0.8 }, asked, cards, day);
    expect(on('2026-11-20')).toMatchObject({ ready: true, questions: 2 });
    expect(on('2026-11-20').share).toBeCloseTo(0.9, 6);
    expect(on('2027-06-01')).toMatchObject({ ready: false });
  });

  it('says nothing without a schedule', () => {
    expect(assessRecall(quiz, asked, new Map(), '2026-11-20')).toMatchObject({ ready: true, share: undefined });
  });
});
