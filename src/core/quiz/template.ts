/** Texts with values in them: `{n}` inserts a value, `{= n * p : 3}` a computed one with 3 significant digits. */

import { type Expression, ExpressionError, evaluateNumber, parseExpression, type Scope } from './expression.js';
import { constants } from './expression-functions.js';
import { formatNumber } from './format-number.js';

type Part =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'value';
      readonly at: number;
      readonly expression: Expression;
      readonly digits: number | undefined;
    };

export interface Template {
  readonly parts: readonly Part[];
}

const mostDigits = 15;

/**
 * Reads a template. `{{` and `}}` stand for braces.
 * @throws ExpressionError with the offset in the text.
 */
export function parseTemplate(text: string): Template {
  const parts: Part[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (two === '{{' || two === '}}') {
      plain += two.charAt(0);
      at += 2;
    } else if (two.startsWith('}')) {
      throw new ExpressionError('this brace was not opened; write }} for a brace', at);
    } else if (two.startsWith('{')) {
      const end = text.indexOf('}', at);
      if (end < 0) throw new ExpressionError('this brace is not closed; write {{ for a brace', at);
      if (plain !== '') parts.push({ type: 'text', text: plain });
      plain = '';
      parts.push(readPlaceholder(text.slice(at + 1, end), at));
      at = end + 1;
    } else {
      plain += two.charAt(0);
      at++;
    }
  }
  if (plain !== '') parts.push({ type: 'text', text: plain });
  return { parts };
}

/**
 * The text with its values.
 * @throws ExpressionError when an expression cannot be computed.
 */
export function renderTemplate({ parts }: Template, scope: Scope): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      return shifted(part.at, () => formatNumber(evaluateNumber(part.expression, scope), part.digits));
    })
    .join('');
}

/** Names in a template that nothing defines, with their offsets. */
export function unknownNames({ parts }: Template, known: ReadonlySet<string>): readonly { name: string; at: number }[] {
  return parts.flatMap((part) =>
    part.type === 'text'
      ? []
      : [...part.expression.names]
          .filter(([name]) => !known.has(name) && !constants.has(name))
          .map(([name, offset]) => ({ name, at: part.at + offset })),
  );
}

function readPlaceholder(inside: string, brace: number): Part {
  if (!inside.startsWith('=')) {
    const name = inside.trim();
    if (!/^[A-Za-z]\w*$/.test(name)) {
      throw new ExpressionError('a value is {name} or {= expression : digits}; write {{ for a brace', brace);
    }
    const at = brace + 1 + inside.indexOf(name);
    return { type: 'value', at, expression: parseExpression(name), digits: undefined };
  }
  const colon = inside.lastIndexOf(':');
  const source = inside.slice(1, colon < 0 ? undefined : colon);
  const at = brace + 2;
  const expression = shifted(at, () => parseExpression(source));
  if (colon < 0) return { type: 'value', at, expression, digits: undefined };
  const digits = Number(inside.slice(colon + 1).trim() || Number.NaN);
  if (!Number.isInteger(digits) || digits < 1 || digits > mostDigits) {
    throw new ExpressionError(`after the colon stands a number of digits, 1 to ${mostDigits}`, brace + 1 + colon);
  }
  return { type: 'value', at, expression, digits };
}

/** Errors inside a placeholder, with their place in the whole text. */
function shifted<T>(offset: number, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.message, error.at + offset, error.reason);
    throw error;
  }
}
