/**
 * The arithmetic of parameterised questions: + - * / % **, comparisons, && || !, and the functions of
 * `expression-functions.ts`. Expressions are parsed to a tree and walked; nothing of an author's is ever run as code.
 * There are no loops, so that an expression takes no longer than its length allows.
 */
import { constants, functions } from './expression-functions.js';
import { type BinaryOperator, ExpressionError, type ExpressionNode, parseSyntax } from './expression-syntax.js';

export { ExpressionError };

/** Values by name. They win over the constants `pi` and `e`. */
export type Scope = ReadonlyMap<string, number>;

/** An expression that has been read. */
export interface Expression {
  readonly text: string;
  readonly root: ExpressionNode;
  /** Every name in it that is not a constant, with the offset where it first stands. */
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Reads an expression.
 * @throws ExpressionError with the offset of what is wrong.
 */
export function parseExpression(text: string): Expression {
  const root = parseSyntax(text);
  const names = new Map<string, number>();
  collectNames(root, names);
  return { text, root, names };
}

/**
 * The value of an arithmetic expression.
 * @throws ExpressionError when a name is unknown, a truth value stands where a number belongs, or the result is not a
 * finite number.
 */
export function evaluateNumber(expression: Expression, scope: Scope): number {
  return finite(numberOf(expression.root, scope), expression.root.at);
}

/**
 * The value of a condition.
 * @throws ExpressionError as `evaluateNumber`, and when the expression is a number and not a condition.
 */
export function evaluateCondition(expression: Expression, scope: Scope): boolean {
  return truthOf(expression.root, scope);
}

function collectNames(node: ExpressionNode, names: Map<string, number>): void {
  switch (node.type) {
    case 'number':
      return;
    case 'name':
      if (!names.has(node.name)) names.set(node.name, node.at);
      return;
    case 'unary':
      collectNames(node.operand, names);
      return;
    case 'binary':
      collectNames(node.left, names);
      collectNames(node.right, names);
      return;
    case 'call':
      for (const value of node.values) collectNames(value, names);
  }
}

function evaluate(node: ExpressionNode, scope: Scope): number | boolean {
  switch (node.type) {
    case 'number':
      return node.value;
    case 'name':
      return valueNamed(node.name, node.at, scope);
    case 'unary':
      if (node.operator === '!') return !truthOf(node.operand, scope);
      return node.operator === '-' ? -numberOf(node.operand, scope) : numberOf(node.operand, scope);
    case 'call': {
      const values = node.values.map((value) => finite(numberOf(value, scope), value.at));
      const result = functions.get(node.name)?.apply(...values) ?? Number.NaN;
      if (Number.isNaN(result))
        throw new ExpressionError(`${node.name}(${values.join(', ')}) is not defined`, node.at, 'values');
      return result;
    }
    case 'binary':
      if (node.operator === '&&') return truthOf(node.left, scope) && truthOf(node.right, scope);
      if (node.operator === '||') return truthOf(node.left, scope) || truthOf(node.right, scope);
      return combine(node.operator, numberOf(node.left, scope), numberOf(node.right, scope));
  }
}

function combine(operator: BinaryOperator, left: number, right: number): number | boolean {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    default:
      return left !== right;
  }
}

function numberOf(node: ExpressionNode, scope: Scope): number {
  const value = evaluate(node, scope);
  if (typeof value === 'number') return value;
  throw new ExpressionError('a number belongs here, and this is true or false', node.at, 'values');
}

function truthOf(node: ExpressionNode, scope: Scope): boolean {
  const value = evaluate(node, scope);
  if (typeof value === 'boolean') return value;
  throw new ExpressionError('a condition belongs here, and this is a number', node.at, 'values');
}

function valueNamed(name: string, at: number, scope: Scope): number {
  const value = scope.get(name) ?? constants.get(name);
  if (value === undefined) throw new ExpressionError(`nothing here is called “${name}”`, at);
  return value;
}

function finite(value: number, at: number): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError(Number.isNaN(value) ? 'the result is not defined' : 'the result is infinite', at, 'values');
}
