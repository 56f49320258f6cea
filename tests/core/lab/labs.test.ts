import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../../src/core/curriculum/model.js';
import { definitions, writtenFunctions } from '../../../src/core/lab/python-source.js';
import { isRight, scorePredictions } from '../../../src/core/lab/score-prediction.js';
import { diffGroups, diffLines } from '../../../src/core/text/diff-lines.js';

describe('functions that are written', () => {
  const source = [
    'def one(x):',
    '    """Text at the',
    'left margin."""',
    '    raise NotImplementedError("one")',
    '',
    'class Two:',
    '    def method(self):',
    '        return 2',
    '',
    'async def three():',
    '    pass',
  ].join('\n');

  it('are those without a NotImplementedError, and only those that are there', () => {
    expect(writtenFunctions(source, ['one', 'Two', 'three', 'four'])).toEqual(['Two', 'three']);
    expect(definitions(source).map(({ name, line }) => `${name} ${line}`)).toEqual(['one 1', 'Two 6', 'three 10']);
  });
});

describe('predictions', () => {
  const spread: Prediction = {
    id: 'spread',
    prompt: 'How wide?',
    kind: 'number',
    metric: 'sd',
    within: 0.5,
    because: 'x',
  };
  const way: Prediction = { ...spread, id: 'way', kind: 'direction', metric: 'change', within: 0.1 };

  it('are right within their distance, and by the sign', () => {
    expect(isRight(spread, { type: 'number', value: 8 }, 8.5)).toBe(true);
    expect(isRight(spread, { type: 'number', value: 8 }, 8.6)).toBe(false);
    expect(isRight(way, { type: 'direction', direction: 'same' }, -0.1)).toBe(true);
    expect(isRight(way, { type: 'direction', direction: 'down' }, -0.2)).toBe(true);
    expect(isRight(way, { type: 'unknown' }, 0)).toBe(false);
  });

  it('are scored once, and only when they were made and measured', () => {
    const made = { answer: { type: 'number', value: 1 } as const, at: '', scored: null };
    const metrics = [{ check: 'c', name: 'sd', value: 1.2 }];
    expect(scorePredictions([spread, way], { spread: made }, metrics)).toEqual([
      { prediction: 'spread', right: true, actual: 1.2 },
    ]);
    const before = { ...made, scored: { right: false, actual: 3 } };
    expect(scorePredictions([spread], { spread: before }, metrics)).toEqual([]);
    expect(scorePredictions([spread], {}, metrics)).toEqual([]);
  });
});

describe('diffLines', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));

  it('holds both texts, each in order', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const lines = diffLines(first, second) ?? [];
        const side = (other: 'left' | 'right') =>
          lines
            .filter((line) => line.side !== other)
            .map((line) => `${line.text}\n`)
            .join('');
        expect(side('right')).toBe(first);
        expect(side('left')).toBe(second);
      }),
    );
  });

  it('has no groups exactly when the texts are the same', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        expect(diffGroups(diffLines(first, second) ?? [], 3).length === 0).toBe(first === second);
      }),
    );
  });
});
