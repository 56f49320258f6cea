import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawQuestion } from '../../../src/core/quiz/draw.js';
import { drawParameters } from '../../../src/core/quiz/parameters.js';
import { sampleQuestions, samples } from './sample-questions.js';

describe('drawing a question', () => {
  it('gives the same instance for the same seed, for every kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sampleQuestions), fc.string(), (question, seed) => {
        expect(drawQuestion(question, seed)).toEqual(drawQuestion(question, seed));
      }),
    );
  });

  // Attempts are stored with their seed alone: another draw for it would show other questions than were answered.
  it('gives what it gave when it was first released', () => {
    expect(drawQuestion(samples.choice, 'seed-1').form).toEqual({
      kind: 'choice',
      options: ['Left', 'Up', 'Right', 'Wrong'],
    });
    expect(drawQuestion(samples.number, 'seed-1').prompt).toBe('What is 9 times 0.1?');
    expect(drawQuestion(samples.order, 'seed-1').form).toEqual({
      kind: 'order',
      items: ['second', 'third', 'first', 'fourth'],
    });
    expect(drawQuestion(samples.match, 'seed-1').form).toEqual({
      kind: 'match',
      left: ['three', 'one', 'two'],
      right: ['III', 'I', 'IV', 'II'],
    });
  });

  it('puts the right option in every place about equally often', () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 4000; seed++) {
      const { form } = drawQuestion(samples.choice, String(seed));
      const place = form.kind === 'choice' ? form.options.indexOf('Right') : -1;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(880);
  });

  it('never shows the items of an order in their order', () => {
    for (let seed = 0; seed < 500; seed++) {
      const { form } = drawQuestion(samples.order, String(seed));
      expect(form.kind === 'order' && form.items).not.toEqual(samples.order.items);
    }
  });

  it('fills values into the prompt and the explanation, in the ranges and by the condition', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const { values } = drawParameters(samples.number, String(seed));
      const { prompt, explanation } = drawQuestion(samples.number, String(seed));
      const [n = 0, p = 0] = [values.get('n'), values.get('p')];
      expect(n).toBeGreaterThan(3);
      expect(prompt).toBe(`What is ${n} times ${p}?`);
      expect(explanation).toBe(`It is ${Number((n * p).toPrecision(3))}.`);
      seen.add(`${n} ${p}`);
    }
    expect(seen.size).toBe(6 * 3);
  });

  it('draws steps of a range without the error of adding them', () => {
    const question = {
      ...samples.number,
      given: { n: { int: [4, 4] as [number, number] }, p: { real: [0.5, 2] as [number, number], step: 0.1 } },
    };
    const seen = new Set(
      Array.from({ length: 400 }, (_, seed) => drawParameters(question, String(seed)).values.get('p')),
    );
    expect([...seen].map(String).sort()).toEqual([
      '0.5',
      '0.6',
      '0.7',
      '0.8',
      '0.9',
      '1',
      '1.1',
      '1.2',
      '1.3',
      '1.4',
      '1.5',
      '1.6',
      '1.7',
      '1.8',
      '1.9',
      '2',
    ]);
  });

  it('marks the blanks of a cloze', () => {
    expect(drawQuestion(samples.cloze, 's').prompt).toBe('From __1__ to __2__.');
    const one = { ...samples.cloze, prompt: 'From [[1]].', blanks: [{ accept: ['0', 'zero'] }] };
    expect(drawQuestion(one, 's')).toMatchObject({ prompt: 'From ____.', form: { kind: 'cloze', blanks: 1 } });
  });

  it('says when no draw can pass', () => {
    expect(() => drawQuestion({ ...samples.number, where: 'n > 9' }, 's')).toThrow('no draw of the question a-number');
  });
});
