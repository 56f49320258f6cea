import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/core/curriculum/model.js';
import type { Answer } from '../../../src/core/quiz/answer.js';
import { drawQuestion } from '../../../src/core/quiz/draw.js';
import { gradeAnswer } from '../../../src/core/quiz/grade.js';
import { drawParameters } from '../../../src/core/quiz/parameters.js';
import { parseAnswer } from '../../../src/core/quiz/parse-answer.js';
import { prepareRegex } from '../../../src/core/quiz/regex.js';
import { sampleQuestions, samples } from './sample-questions.js';

const seeds = fc.string({ maxLength: 8 });

/** Answers as a person who writes texts and not letters. */
function say(question: Question, input: unknown, seed = 's') {
  const instance = drawQuestion(question, seed);
  const answer = parseAnswer(instance, input);
  if ('problem' in answer) throw new Error(answer.problem);
  return gradeAnswer(instance, answer);
}

describe('grading', () => {
  it('takes the right answer in words for right, whatever the seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { values } = drawParameters(samples.number, seed);
        const right: readonly (readonly [Question, unknown])[] = [
          [samples.choice, 'Right'],
          [samples.multi, ['Three', 'Two']],
          [samples.number, values.get('v')],
          [samples.text, 'Causal-Mask'],
          [samples.cloze, ['zero', '1']],
          [samples.order, samples.order.items],
          [samples.match, { one: 'I', two: 'II', three: 'III' }],
          [samples.explain, { text: 'Long.', ticked: ['who', 'what', 'when', 'why'] }],
        ];
        for (const [question, input] of right) {
          expect(say(question, input, seed)).toMatchObject({ result: 'correct', score: 1, remarks: [] });
        }
      }),
    );
  });

  it('keeps “I don’t know” and a skip apart, and tells the answer to both', () => {
    for (const question of sampleQuestions) {
      const instance = drawQuestion(question, 's');
      for (const type of ['unknown', 'skipped'] as const) {
        const grade = gradeAnswer(instance, { type });
        expect(grade).toMatchObject({ result: type, score: 0, remarks: [] });
        expect(grade.expected).not.toBe('');
      }
    }
  });

  it('refuses an answer to another kind of question', () => {
    const answer: Answer = { type: 'number', value: 1 };
    expect(() => gradeAnswer(drawQuestion(samples.text, 's'), answer)).toThrow(RangeError);
  });

  it('says why the chosen distractor is wrong', () => {
    expect(say(samples.choice, 'Wrong')).toEqual({
      result: 'wrong',
      score: 0,
      expected: 'Right',
      remarks: ['It is not.'],
    });
  });

  it.each([
    [['Two'], 'partly', 0.5, ['Also right: Three']],
    [['Two', 'Three', 'Four'], 'partly', 0.5, ['It is not prime.']],
    [['Two', 'Four'], 'wrong', 0, ['It is not prime.', 'Also right: Three']],
    [['Two', 'Three', 'Four', 'Six'], 'wrong', 0, ['It is not prime.', 'It is not prime either.']],
  ])('a multiple choice of %j is %s', (input, result, score, remarks) => {
    const grade = say(samples.multi, input);
    expect(grade).toMatchObject({ result, score, expected: 'Two; Three' });
    expect([...grade.remarks].sort()).toEqual([...remarks].sort());
  });

  it.each([
    [{ relative: 0.01 }, '200', '201.9', '202.1'],
    [{ absolute: 0.5 }, '200', '199.5', '199.4'],
    [{ exact: true as const }, '7', '7.0', '7.01'],
    [{ absolute: 0.05 }, '0.1 + 0.2', '0.35', '0.36'],
    [{ relative: 0.01 }, '-50', '-49.6', '50'],
  ])('within %j of %s is %s and not %s', (tolerance, answer, inside, outside) => {
    const { given, let: computed, where, ...rest } = samples.number;
    const question: Question = { ...rest, prompt: 'What?', explanation: 'So.', answer, tolerance };
    expect(say(question, inside).result).toBe('correct');
    expect(say(question, outside).result).toBe('wrong');
  });

  it('shows the number with its unit, and with digits that are right themselves', () => {
    const { given, let: computed, where, ...rest } = samples.number;
    const question: Question = { ...rest, prompt: 'What?', explanation: 'So.', answer: '200 / 3', unit: 'minutes' };
    const { expected } = say(question, '66');
    expect(expected).toBe('66.67 minutes');
    expect(say(question, expected).result).toBe('correct');
  });

  it('takes what it shows as the answer for right, for every draw', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { expected } = say(samples.number, '0', seed);
        expect(say(samples.number, expected, seed).result).toBe('correct');
      }),
    );
  });

  it.each([
    'causal mask',
    ' Causal  MASK. ',
    'causal-mask',
    'causalmask',
    '“causal mask”',
    'ｃａｕｓａｌ mask',
    'causal‑masking',
  ])('accepts “%s”', (typed) => {
    expect(say(samples.text, typed).result).toBe('correct');
  });

  it.each(['causal', 'mask', 'a causal mask', 'anti-causal mask'])('does not accept “%s”', (typed) => {
    expect(say(samples.text, typed)).toMatchObject({ result: 'wrong', expected: 'causal mask' });
  });

  it('tells signs and exponents apart where it does not tell hyphens apart', () => {
    const accepts = (accept: string[], typed: string) => say({ ...samples.text, answer: { accept } }, typed).result;
    expect(accepts(['1e-3', '0.001'], '1e3')).toBe('wrong');
    expect(accepts(['10^-3'], '10^3')).toBe('wrong');
    expect(accepts(['-3'], '3')).toBe('wrong');
    expect(accepts(['-3'], '−3')).toBe('correct');
    expect(accepts(['GPT-2'], 'gpt2')).toBe('correct');
    expect(accepts(['0.25', '1/4'], '.250')).toBe('correct');
    expect(accepts(['0.25', '1/4'], '0,25')).toBe('correct');
    // The other spellings are compared as texts: 6.400 is how some write 6400.
    expect(accepts(['6400', '6.400'], '6.4')).toBe('wrong');
  });

  it('matches regular expressions in linear time, when they were prepared', async () => {
    const question: Question = { ...samples.text, answer: { accept: ['a'], regex: '^(a+)+b$' } };
    await prepareRegex([question]);
    expect(say(question, 'AAB').result).toBe('correct');
    const started = performance.now();
    expect(say(question, 'a'.repeat(299)).result).toBe('wrong');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('gives part of a cloze its share, and says which blank was wrong', () => {
    expect(say(samples.cloze, '0; two')).toEqual({
      result: 'partly',
      score: 0.5,
      expected: '0; one',
      remarks: ['Blank 2: one'],
    });
  });

  it.each([
    [['second', 'first', 'third', 'fourth'], 'partly', 2 / 3],
    [['fourth', 'third', 'second', 'first'], 'wrong', 0],
    [['third', 'fourth', 'first', 'second'], 'wrong', 0],
  ])('the order %j is %s', (input, result, score) => {
    const grade = say(samples.order, input);
    expect(grade.result).toBe(result);
    expect(grade.score).toBeCloseTo(score, 10);
  });

  it('gives a match its share of right pairs', () => {
    const grade = say(samples.match, { one: 'I', two: 'IV', three: 'II' });
    expect(grade.result).toBe('wrong');
    expect(grade.score).toBeCloseTo(1 / 3, 10);
    expect([...grade.remarks].sort()).toEqual(['three → III', 'two → II']);
  });

  it.each([
    [[], 'wrong', 0],
    [['who'], 'wrong', 0.25],
    [['who', 'why'], 'partly', 0.5],
    [['who', 'what', 'why'], 'correct', 0.75],
  ])('an explanation with the points %j is %s', (ticked, result, score) => {
    const grade = say(samples.explain, { text: 'So it is.', ticked });
    expect(grade).toMatchObject({ result, score, expected: samples.explain.model });
    expect(grade.remarks).toHaveLength(4 - ticked.length);
  });

  it('gives every answer that can be read a score from 0 to 1 that its result agrees with', () => {
    const input = fc.oneof(
      fc.string(),
      fc.integer({ min: -5, max: 500 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', '1', '2', '3', '4')),
      fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 3 }).map((letters) => letters.join(' ')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...sampleQuestions), seeds, input, (question, seed, typed) => {
        const instance = drawQuestion(question, seed);
        const answer = parseAnswer(instance, typed);
        if ('problem' in answer) return;
        const { result, score } = gradeAnswer(instance, answer);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        if (score === 1) expect(result).toBe('correct');
        if (result === 'correct') expect(score).toBeGreaterThanOrEqual(0.75);
      }),
      { numRuns: 400 },
    );
  });
});
