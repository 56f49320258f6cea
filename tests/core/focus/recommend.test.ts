import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Focus, Track } from '../../../src/core/curriculum/model.js';
import { parseFocusAnswers } from '../../../src/core/focus/answers.js';
import { recommendTrack } from '../../../src/core/focus/recommend.js';
import { AppError } from '../../../src/errors.js';

const tracks: Track[] = ['left', 'middle', 'right'].map((id) => ({ id, title: id.toUpperCase(), summary: id }));
const option = (id: string, left: number, middle: number, right: number) => ({
  id,
  text: id,
  scores: { left, middle, right },
  because: `chose ${id}`,
});
const focus: Focus = {
  questions: [
    {
      id: 'one',
      prompt: 'One?',
      options: [option('l', 3, 1, 0), option('m', 0, 3, 1), option('r', 1, 0, 3), option('all', 2, 2, 2)],
    },
    {
      id: 'two',
      prompt: 'Two?',
      options: [option('l', 3, 0, 1), option('m', 0, 3, 0), option('r', 1, 0, 3), option('weak', 1, 0, 0)],
    },
    {
      id: 'three',
      prompt: 'Three?',
      options: [option('l', 3, 0, 0), option('both', 0, 3, 3), option('some', 2, 0, 3)],
    },
  ],
};

describe('recommendTrack', () => {
  it('adds up the options and gives shares and reasons', () => {
    expect(recommendTrack(focus, tracks, { one: 'l', two: 'l', three: 'some' })).toEqual({
      track: 'left',
      tiedWith: [],
      decidedBy: 'score',
      scores: [
        { track: 'left', title: 'LEFT', score: 8, share: 8 / 13, because: ['chose l', 'chose l'] },
        { track: 'right', title: 'RIGHT', score: 4, share: 4 / 13, because: ['chose some'] },
        { track: 'middle', title: 'MIDDLE', score: 1, share: 1 / 13, because: [] },
      ],
    });
  });

  it('gives a reason to no track when an option favours several', () => {
    const result = recommendTrack(focus, tracks, { three: 'both' });
    expect(result?.scores.every(({ because }) => because.length === 0)).toBe(true);
  });

  it('decides a tie by the number of answers in favour, and says so', () => {
    const byAnswers = recommendTrack(
      {
        questions: [
          { id: 'a', prompt: 'A?', options: [option('x', 1, 2, 0), option('y', 0, 0, 0)] },
          { id: 'b', prompt: 'B?', options: [option('x', 1, 2, 0), option('y', 0, 0, 0)] },
          { id: 'c', prompt: 'C?', options: [option('x', 2, 0, 0), option('y', 0, 0, 0)] },
        ],
      },
      tracks,
      { a: 'x', b: 'x', c: 'x' },
    );
    expect(byAnswers).toMatchObject({ track: 'middle', tiedWith: ['left'], decidedBy: 'answers' });
  });

  it('decides a full tie by the order of the curriculum, and says so', () => {
    expect(recommendTrack(focus, tracks, { one: 'all' })).toMatchObject({
      track: 'left',
      tiedWith: ['middle', 'right'],
      decidedBy: 'order',
    });
  });

  it.each([
    ['no answers', {}],
    ['answers to questions that are gone', { gone: 'l' }],
    ['options that are gone', { one: 'gone' }],
  ])('recommends nothing from %s', (_, answers) => {
    expect(recommendTrack(focus, tracks, answers)).toBeUndefined();
  });

  it('recommends a track with the highest score, with shares that add up, whatever the answers', () => {
    const answers = fc.record(
      Object.fromEntries(
        focus.questions.map(({ id, options }) => [id, fc.constantFrom(...options.map((each) => each.id))]),
      ),
    );
    fc.assert(
      fc.property(answers, (given) => {
        const result = recommendTrack(focus, tracks, given);
        const scores = result?.scores ?? [];
        expect(result?.track).toBe(scores[0]?.track);
        expect(scores[0]?.score).toBe(Math.max(...scores.map(({ score }) => score)));
        expect(scores.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        expect(result?.tiedWith.length).toBe(scores.filter(({ score }) => score === scores[0]?.score).length - 1);
      }),
    );
  });
});

describe('parseFocusAnswers', () => {
  it('takes the last answer to a question', () => {
    expect(parseFocusAnswers(focus, ['one=l', ' two = r ', 'one=m'])).toEqual({ one: 'm', two: 'r' });
  });

  it.each([
    ['one', 'question=option', 'aisafe focus --answer one=l'],
    ['one=l=m', 'question=option', 'aisafe focus --answer one=l'],
    ['tow=l', 'no question', 'aisafe focus --answer two=l'],
    ['three=bth', 'no option of “three”', 'aisafe focus --answer three=both'],
  ])('refuses %s', (answer, message, hint) => {
    const attempt = () => parseFocusAnswers(focus, [answer]);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(message);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_VALUE', hint });
    }
  });
});
