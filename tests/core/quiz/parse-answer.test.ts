import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/core/curriculum/model.js';
import { drawQuestion } from '../../../src/core/quiz/draw.js';
import { parseAnswer } from '../../../src/core/quiz/parse-answer.js';
import { readNumber } from '../../../src/core/quiz/read-number.js';
import { sampleQuestions, samples } from './sample-questions.js';

const parse = (question: Question, input: unknown) => parseAnswer(drawQuestion(question, 's'), input);
const numberIn = (unit: string | undefined, input: unknown) => {
  const { unit: _, ...rest } = samples.number;
  const answer = parse(unit === undefined ? rest : { ...rest, unit }, input);
  return 'type' in answer && answer.type === 'number' ? Number(answer.value.toPrecision(10)) : answer;
};

describe('reading an answer', () => {
  it('knows “?”, null and nothing for every kind', () => {
    for (const question of sampleQuestions) {
      expect(parse(question, ' ? ')).toEqual({ type: 'unknown' });
      expect(parse(question, null)).toEqual({ type: 'skipped' });
      expect(parse(question, '  ')).toHaveProperty('problem');
      for (const input of [undefined, true, { colour: 'red' }, [[]], () => 1]) {
        expect(parse(question, input)).toHaveProperty('problem');
      }
    }
  });

  it.each(['b', 'B', ' b) ', 'b.', '2', 2, ['b']])('takes %j for the second option', (input) => {
    expect(parse(samples.choice, input)).toEqual({ type: 'choice', option: 1 });
  });

  it.each(['e', '0', '5', 'ab', 'a b', 'Nowhere', -1, 1.5])('takes %j for no option', (input) => {
    expect(parse(samples.choice, input)).toHaveProperty('problem');
  });

  it.each(['a c', 'c a', 'ac', 'a, c', '1 3', '13', [1, 'c'], 'a c a'])('takes %j for two options', (input) => {
    expect(parse(samples.multi, input)).toEqual({ type: 'multi', options: [0, 2] });
  });

  it.each(['2 1 4 3', '2143', 'b a d c', 'badc', '2, 1, 4, 3', 2143, [2, 1, 4, 3], 'b > a > d > c'])(
    'takes %j for an order',
    (input) => {
      expect(parse(samples.order, input)).toEqual({ type: 'order', order: [1, 0, 3, 2] });
    },
  );

  it.each(['1 2 3', '1 1 2 3', '1 2 3 5', '1 2 3 4 1'])('takes %j for no order', (input) => {
    expect(parse(samples.order, input)).toHaveProperty('problem');
  });

  it.each(['2 1 4', 'b a d', '214', 'a2 b1 c4', 'c4, a-2, b=1', [2, 1, 4], { a: 2, b: 1, c: 4 }])(
    'takes %j for pairs',
    (input) => {
      expect(parse(samples.match, input)).toEqual({ type: 'match', pairs: [1, 0, 3] });
    },
  );

  it.each(['2 1', '2 2 1', '2 1 5', { a: 1 }])('takes %j for no pairs', (input) => {
    expect(parse(samples.match, input)).toHaveProperty('problem');
  });

  it('takes a text or a list for blanks', () => {
    const answer = { type: 'cloze', texts: ['zero', '1'] };
    expect(parse(samples.cloze, 'zero; 1')).toEqual(answer);
    expect(parse(samples.cloze, 'zero|1')).toEqual(answer);
    expect(parse(samples.cloze, ['zero', 1])).toEqual(answer);
    expect(parse(samples.cloze, 'zero')).toHaveProperty('problem');
  });

  it('takes what was written, with the points that it made', () => {
    const answer = { type: 'explain', text: 'So.', ticked: ['who', 'when'] };
    expect(parse(samples.explain, 'So.')).toEqual({ ...answer, ticked: [] });
    expect(parse(samples.explain, { text: 'So.', ticked: ['when', 'who'] })).toEqual(answer);
    expect(parse(samples.explain, { text: 'So.', ticked: 'a c' })).toEqual(answer);
    expect(parse(samples.explain, { text: 'So.', ticked: ['whom'] })).toHaveProperty('problem');
  });

  it('takes numbers for text', () => {
    expect(parse(samples.text, 90)).toEqual({ type: 'text', text: '90' });
    expect(parse(samples.text, 'x'.repeat(301))).toHaveProperty('problem');
  });
});

describe('reading a number', () => {
  it.each([
    ['12', 12],
    [' +12.50 ', 12.5],
    ['-3', -3],
    ['−3', -3],
    ['.5', 0.5],
    ['1,234', 1234],
    ['1,234,567.5', 1234567.5],
    ['1 234', 1234],
    ["1'234", 1234],
    ['1_000_000', 1000000],
    ['0,25', 0.25],
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['1e-3', 0.001],
    ['1.2×10^-3', 0.0012],
    ['1.2 * 10**3', 1200],
    ['10^6', 1000000],
    ['-10^2', -100],
    ['3/4', 0.75],
    ['½', 0.5],
    ['１２', 12],
  ])('“%s” is %d', (text, expected) => {
    expect(readNumber(text)).toBeCloseTo(expected, 12);
  });

  it.each(['', 'x', '1.2.3', '1,2,3', '12,34,567', '1 2', '3/0', '1e999', '--3', '1e', 'Infinity', '0x10', '1/2/3'])(
    '“%s” is none',
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );

  it.each([
    [undefined, '50 %', 0.5],
    [undefined, '≈ 3.2', 3.2],
    ['per cent', '50%', 50],
    ['per cent', '50 percent', 50],
    ['%', '50 per cent', 50],
    ['percentage points', '3 pp', 3],
    ['percentage points', '3 %', 3],
    ['minutes', '90 s', 1.5],
    ['minutes', '1.5 h', 90],
    ['minutes', '12 minute', 12],
    ['bytes', '16 GB', 16e9],
    ['bytes', '1 GiB', 1073741824],
    ['GB', '4,000 MB', 4],
    ['nats', '10 bits', Number((10 * Math.LN2).toPrecision(10))],
    ['per hour', '2 /min', 120],
    ['per hour', '2/h', 2],
    ['logits', '1.5 logit', 1.5],
    ['logits', '−1.5', -1.5],
    ['minutes', 7, 7],
  ])('in %s “%s” is %d', (unit, input, expected) => {
    expect(numberIn(unit, input)).toBe(expected);
  });

  it.each([
    [undefined, '5 apples', '“apples” is not a unit of the answer, which is a number alone'],
    ['minutes', '5 km', '“km” is not a unit of the answer, which is a number in minutes'],
    ['minutes', 'five', '“five” is not a number'],
    ['minutes', Number.NaN, 'an answer here is a number'],
  ])('in %s “%s” is a problem', (unit, input, problem) => {
    expect(numberIn(unit, input)).toEqual({ problem });
  });
});
