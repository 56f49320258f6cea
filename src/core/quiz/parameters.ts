/** The values of a parameterised question: drawn by a seed, computed in order, drawn again while `where` fails. */
import type { NumberQuestion, Parameter } from '../curriculum/model.js';
import { type Expression, evaluateCondition, evaluateNumber, parseExpression, type Scope } from './expression.js';
import { createGenerator, type Generator } from './generator.js';

/** Draws before a `where` is held to be impossible; the linter asks that most draws pass. */
const mostDraws = 200;

export interface DrawnParameters {
  readonly values: Scope;
  /** Draws that it took: 1 when the first passed. */
  readonly draws: number;
}

interface Formulas {
  readonly where: Expression | undefined;
  readonly computed: readonly (readonly [name: string, expression: Expression])[];
  readonly answer: Expression;
}

/** Reading takes longer than computing, and a question is drawn, graded and shown with the same formulas. */
const formulas = new WeakMap<NumberQuestion, Formulas>();

/**
 * The values of a question's parameters for a seed; none when it has no parameters.
 * @throws ExpressionError when an expression of the question is wrong; Error when no draw passes `where`.
 */
export function drawParameters(question: NumberQuestion, seed: string): DrawnParameters {
  const { where, computed } = formulasOf(question);
  const generator = createGenerator(`${seed}/${question.id}/parameters`);
  for (let draws = 1; draws <= mostDraws; draws++) {
    const values = new Map(
      Object.entries(question.given ?? {}).map(([name, parameter]) => [name, drawValue(parameter, generator)]),
    );
    for (const [name, expression] of computed) values.set(name, evaluateNumber(expression, values));
    if (!where || evaluateCondition(where, values)) return { values, draws };
    // Without chance every draw is the same.
    if (question.given === undefined) break;
  }
  throw new Error(`no draw of the question ${question.id} passes “where”`);
}

/** The right answer of a number question for these values. */
export function numberAnswer(question: NumberQuestion, values: Scope): number {
  return evaluateNumber(formulasOf(question).answer, values);
}

function formulasOf(question: NumberQuestion): Formulas {
  const known = formulas.get(question);
  if (known) return known;
  const read: Formulas = {
    where: question.where === undefined ? undefined : parseExpression(question.where),
    computed: Object.entries(question.let ?? {}).map(([name, source]) => [name, parseExpression(String(source))]),
    answer: parseExpression(String(question.answer)),
  };
  formulas.set(question, read);
  return read;
}

function drawValue({ int, choose, real, step }: Parameter, generator: Generator): number {
  if (int) return int[0] + generator.below(int[1] - int[0] + 1);
  if (choose) return choose[generator.below(choose.length)] ?? Number.NaN;
  if (!real || step === undefined) return Number.NaN;
  const steps = Math.floor((real[1] - real[0]) / step + 1e-9);
  // Rounded to hide the error of adding steps: 0.1 × 3 is 0.3.
  return Number((real[0] + step * generator.below(steps + 1)).toPrecision(12));
}
