import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ExpressionError,
  evaluateCondition,
  evaluateNumber,
  parseExpression,
} from '../../../src/core/quiz/expression.js';

const scope = new Map([
  ['n', 4],
  ['k', 2],
  ['x', 0.5],
]);
const value = (text: string) => evaluateNumber(parseExpression(text), scope);
const holds = (text: string) => evaluateCondition(parseExpression(text), scope);

/** The message and place of what is wrong. */
function problem(body: () => unknown): string {
  try {
    return `no error: ${body()}`;
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.at}: ${error.message}`;
    throw error;
  }
}

describe('an expression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 % 4 - 10 / 4', 0.5],
    ['2 ** 3 ** 2', 512],
    ['2 ** -1', 0.5],
    ['(-2) ** 2', 4],
    ['-(2 ** 2)', -4],
    ['2 * -x', -1],
    ['+n - -k', 6],
    ['.5 + 1e3 + 2.5e-1', 1000.75],
    ['abs(0 - n) + sqrt(n) + exp(0)', 7],
    ['log(e) + log2(8) + log10(100)', 6],
    ['min(n, k, 3) + max(n, k)', 6],
    ['floor(2.7) + ceil(2.1) + round(2.5) + round(-2.5)', 5],
    ['sin(0) + cos(pi) + tanh(0)', -1],
    ['factorial(5) + choose(n, k) + choose(2, 3)', 126],
    ['choose(50, 25)', 126410606437752],
    ['k*n\n / 2', 4],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 10);
  });

  it.each([
    ['n > k && k >= 2', true],
    ['n < k || x == 0.5', true],
    ['!(n <= 4) || n != 4', false],
    ['n > k && !(k > n)', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it('takes a parameter before a constant of the same name', () => {
    expect(evaluateNumber(parseExpression('e + 1'), new Map([['e', 2]]))).toBe(3);
  });

  it.each([
    ['', '0: the expression is empty'],
    ['1 +', '3: expected expression after +'],
    ['n * (k', '6: unclosed ('],
    ['n k', '2: this is more than one expression'],
    ['n, k', '3: this is more than one expression'],
    ['n ^ 2', '0: there is no operator “^”; write **'],
    ['-n ** 2', '0: write (-a) ** b or -(a ** b)'],
    ['n ? 1 : 2', '0: “? :” is not part of the expression language'],
    ['true', '0: only numbers are known here, no text and no true or false'],
    ['n + "1"', '4: only numbers are known here, no text and no true or false'],
    ['1e999', '0: the number is too large'],
    ['n.constructor', '0: this is not part of the expression language'],
    ['n["x"]', '0: this is not part of the expression language'],
    ['[n][0]', '0: this is not part of the expression language'],
    ['this', '0: this is not part of the expression language'],
    ['1 + sqr(n)', '4: there is no function “sqr”; did you mean sqrt?'],
    ['sqrt(n, k)', '0: sqrt takes 1 value, not 2'],
    ['min(n)', '0: min takes 2 to 10 values, not 1'],
    ['(n)(k)', '0: there is no function “n”; there are abs'],
    ['abs(n)(k)', '0: only a function can be called'],
    ['n = 3', '2: unexpected "="'],
  ])('is refused: %s', (text, expected) => {
    expect(problem(() => parseExpression(text))).toContain(expected);
  });

  it.each([
    ['1 + m', '4: nothing here is called “m”'],
    ['constructor', '0: nothing here is called “constructor”'],
    ['__proto__', '0: nothing here is called “__proto__”'],
    ['n / (k - 2)', '0: the result is infinite'],
    ['0 / (k - 2)', '0: the result is not defined'],
    ['1 + sqrt(0 - n)', '4: sqrt(-4) is not defined'],
    ['factorial(171)', '0: factorial(171) is not defined'],
    ['factorial(x)', '0: factorial(0.5) is not defined'],
    ['n + (n > k)', '5: a number belongs here'],
    ['0 < n < 10', '0: a number belongs here'],
  ])('has no value: %s', (text, expected) => {
    expect(problem(() => value(text))).toContain(expected);
  });

  it('is no condition when it is a number', () => {
    expect(problem(() => holds('n'))).toBe('0: a condition belongs here, and this is a number');
  });

  it('ends in a value or an ExpressionError, at once, whatever is written', () => {
    const pieces = fc.constantFrom(
      ...['n', 'k', '1', '0.5', '+', '-', '*', '/', '**', '(', ')', ',', '<', '&&', '!', 'sqrt', 'choose', '[', ']'],
      ...['.', '"', "'", '?', ':', ';', ' ', 'constructor', 'this', '$', '_', '\\', '`', 'é', '\u202e', '=', '{', '}'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const result = problem(() => value(parts.join('')));
        expect(result).toMatch(/^(no error: [-\d.e+]+$|\d+: )/);
      }),
      { numRuns: 500 },
    );
  });

  it('is read however deep it is nested, up to its longest length', () => {
    expect(value(`${'('.repeat(199)}1${')'.repeat(199)}`)).toBe(1);
    expect(value(`${'- '.repeat(199)}1`)).toBe(-1);
    expect(problem(() => value('1'.repeat(401)))).toBe('400: an expression has at most 400 characters');
  });
});
