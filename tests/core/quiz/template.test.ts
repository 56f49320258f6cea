import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../../../src/core/quiz/expression.js';
import { parseTemplate, renderTemplate, unknownNames } from '../../../src/core/quiz/template.js';

const scope = new Map([
  ['n', 3],
  ['p', 0.1],
  ['t', -2.5],
]);
const render = (text: string) => renderTemplate(parseTemplate(text), scope);

describe('a template', () => {
  it.each([
    ['{n} of {p}', '3 of 0.1'],
    ['{t}', '−2.5'],
    ['{= n * p : 3}', '0.3'],
    ['{= n * p}', '0.3'],
    ['{= n / 7 : 3} and {=n/7:1}', '0.429 and 0.4'],
    ['{= 1234567 : 3}', '1230000'],
    ['{= n -\n n : 3}', '0'],
    ['{= 0 - n * 0}', '0'],
    ['{{n}} {{0, 1}}', '{n} {0, 1}'],
    ['no values', 'no values'],
  ])('%s gives %s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ['a {n', 2, 'not closed'],
    ['a }', 2, 'not opened'],
    ['{0, 1}', 0, 'a value is'],
    ['{= n + : 3}', 7, 'expected expression'],
    ['{= n : 0}', 5, 'number of digits'],
    ['{= n : many}', 5, 'number of digits'],
  ])('%s is refused', (text, at, message) => {
    const error = (() => {
      try {
        return render(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ExpressionError);
    expect(error).toMatchObject({ at, message: expect.stringContaining(message) });
  });

  it('says which of its names nothing defines, and where', () => {
    const template = parseTemplate('{n} {m} {= n + log(q) * pi}');
    expect(unknownNames(template, new Set(['n']))).toEqual([
      { name: 'm', at: 5 },
      { name: 'q', at: 19 },
    ]);
  });
});
