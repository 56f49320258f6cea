/** From the text of an expression to a tree of a few known nodes. The only place that knows jsep. */
import jsep from 'jsep';
import { nearest } from '../search/nearest.js';
import { functions } from './expression-functions.js';

export const unaryOperators = ['-', '+', '!'] as const;
export const binaryOperators = [
  ...(['+', '-', '*', '/', '%', '**'] as const),
  ...(['<', '<=', '>', '>=', '==', '!=', '&&', '||'] as const),
] as const;
export type UnaryOperator = (typeof unaryOperators)[number];
export type BinaryOperator = (typeof binaryOperators)[number];

/** `at` is the offset in the text where a node begins. */
export type ExpressionNode =
  | { readonly type: 'number'; readonly at: number; readonly value: number }
  | { readonly type: 'name'; readonly at: number; readonly name: string }
  | { readonly type: 'unary'; readonly at: number; readonly operator: UnaryOperator; readonly operand: ExpressionNode }
  | {
      readonly type: 'binary';
      readonly at: number;
      readonly operator: BinaryOperator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | { readonly type: 'call'; readonly at: number; readonly name: string; readonly values: readonly ExpressionNode[] };

/** What is wrong with an expression, and where in its text. */
export class ExpressionError extends Error {
  readonly at: number;
  /** `text`: wrong for all values; `values`: for those at hand. */
  readonly reason: 'text' | 'values';

  constructor(message: string, at: number, reason: ExpressionError['reason'] = 'text') {
    super(message);
    this.name = 'ExpressionError';
    this.at = at;
    this.reason = reason;
  }
}

// Most of what stands in a template is one of these, and jsep takes as long to warm up as the rest of a draw.
const plainName = /^(?!(?:true|false|null|this)$)[A-Za-z]\w*$/;
const plainNumber = /^\d{1,15}(?:\.\d{1,15})?$/;

/** Bounds the depth of the tree too: every level takes a character. */
const longestExpression = 400;

/**
 * Reads an expression.
 * @throws ExpressionError when it is not one.
 */
export function parseSyntax(text: string): ExpressionNode {
  if (text.length > longestExpression) {
    throw new ExpressionError(`an expression has at most ${longestExpression} characters`, longestExpression);
  }
  if (plainName.test(text)) return { type: 'name', at: 0, name: text };
  if (plainNumber.test(text)) return { type: 'number', at: 0, value: Number(text) };
  return readNode(parseTree(text), 0);
}

const starts = new WeakMap<object, number>();
const grouped = new WeakSet<object>();
/** Offsets at which the tokens under way in a parser began, the innermost last. */
const pending = new WeakMap<object, number[]>();

// jsep's nodes have no positions; its hooks around a token tell where each begins.
jsep.hooks.add('gobble-token', function (env) {
  const offsets = pending.get(this) ?? [];
  offsets.push(this.index);
  pending.set(this, offsets);
  // jsep leaves its second hook out after a number.
  const isNumber = (this.code >= 48 && this.code <= 57) || this.char === '.';
  const node = isNumber ? this.gobbleNumericLiteral() : undefined;
  if (node) env.node = node;
});
jsep.hooks.add('after-token', function ({ node }) {
  const start = pending.get(this)?.pop();
  if (!node || start === undefined) return;
  if (starts.has(node)) grouped.add(node);
  else starts.set(node, start);
});

function parseTree(text: string): jsep.Expression {
  try {
    return jsep(text);
  } catch (error) {
    if (error instanceof Error && 'index' in error && typeof error.index === 'number') {
      const description = 'description' in error ? String(error.description) : error.message;
      throw new ExpressionError(lowerFirst(description), Math.min(error.index, text.length));
    }
    throw error;
  }
}

function readNode(node: jsep.Expression, fallback: number): ExpressionNode {
  const at = starts.get(node) ?? fallback;
  switch (node.type) {
    case 'Literal':
      return readNumber(node.value, at);
    case 'Identifier':
      return { type: 'name', at, name: String(node.name) };
    case 'UnaryExpression':
      return {
        type: 'unary',
        at,
        operator: oneOf(unaryOperators, node.operator, at),
        operand: readNode(child(node.argument, at), at),
      };
    case 'BinaryExpression':
      return readBinary(node, at);
    case 'CallExpression':
      return readCall(node, at);
    case 'Compound':
      throw new ExpressionError(
        Array.isArray(node.body) && node.body.length === 0
          ? 'the expression is empty'
          : 'this is more than one expression',
        secondStart(node.body, at),
      );
    case 'ConditionalExpression':
      throw new ExpressionError('“? :” is not part of the expression language', at);
    default:
      throw new ExpressionError('this is not part of the expression language', at);
  }
}

function secondStart(body: unknown, at: number): number {
  const second: unknown = Array.isArray(body) ? body[1] : undefined;
  return (typeof second === 'object' && second !== null ? starts.get(second) : undefined) ?? at;
}

function readNumber(value: unknown, at: number): ExpressionNode {
  if (typeof value !== 'number')
    throw new ExpressionError('only numbers are known here, no text and no true or false', at);
  if (!Number.isFinite(value)) throw new ExpressionError('the number is too large', at);
  return { type: 'number', at, value };
}

function readBinary(node: jsep.Expression, fallback: number): ExpressionNode {
  const leftTree = child(node.left, fallback);
  const left = readNode(leftTree, fallback);
  const operator = oneOf(binaryOperators, node.operator, left.at);
  // Mathematicians read −a², programs differ: the author has to say which.
  if (operator === '**' && left.type === 'unary' && !grouped.has(leftTree)) {
    throw new ExpressionError('write (-a) ** b or -(a ** b)', left.at);
  }
  return { type: 'binary', at: left.at, operator, left, right: readNode(child(node.right, left.at), left.at) };
}

function readCall(node: jsep.Expression, at: number): ExpressionNode {
  const callee = child(node.callee, at);
  if (callee.type !== 'Identifier') throw new ExpressionError('only a function can be called', at);
  const name = String(callee.name);
  const known = functions.get(name);
  if (!known) {
    const [near] = nearest(name, [...functions.keys()], 1);
    const guess = near === undefined ? `there are ${[...functions.keys()].join(', ')}` : `did you mean ${near}?`;
    throw new ExpressionError(`there is no function “${name}”; ${guess}`, at);
  }
  const values = Array.isArray(node.arguments) ? node.arguments.map((each) => readNode(child(each, at), at)) : [];
  if (values.length < known.least || values.length > known.most) {
    const wanted = known.least === known.most ? `${known.least}` : `${known.least} to ${known.most}`;
    throw new ExpressionError(
      `${name} takes ${wanted} ${known.most === 1 ? 'value' : 'values'}, not ${values.length}`,
      at,
    );
  }
  return { type: 'call', at, name, values };
}

function child(value: unknown, at: number): jsep.Expression {
  if (isExpression(value)) return value;
  throw new ExpressionError('something is missing here', at);
}

function isExpression(value: unknown): value is jsep.Expression {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const writeInstead: Readonly<Record<string, string>> = { '^': '**', '&': '&&', '|': '||', '===': '==', '!==': '!=' };

function oneOf<T extends string>(allowed: readonly T[], operator: unknown, at: number): T {
  const found = allowed.find((each) => each === operator);
  if (found !== undefined) return found;
  const instead = writeInstead[String(operator)];
  throw new ExpressionError(`there is no operator “${operator}”${instead ? `; write ${instead}` : ''}`, at);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
