import { ExpressionError, type Scope } from '../../quiz/expression.js';
import { drawParameters, numberAnswer } from '../../quiz/parameters.js';
import { parseTemplate, renderTemplate } from '../../quiz/template.js';
import { type Path, type Problem, quoted } from '../finding.js';
import type { NumberQuestion, Parameter } from '../model.js';
import type { QuestionEntry, Rule } from './rule.js';

/** Draws that are looked at, and the share of them that `where` must let through. */
const draws = 50;
const leastPassing = 0.5;

export const badDraw: Rule = {
  id: 'bad-draw',
  severity: 'error',
  summary:
    'A number question that has no sound answer for some draw, or the same one for all; a “where” that few draws pass',
  *check({ questions }) {
    for (const entry of questions) yield* checkQuestion(entry);
  },
};

interface Drawn {
  readonly answers: readonly number[];
  readonly tried: number;
}

function* checkQuestion({ question, path }: QuestionEntry): Generator<Problem> {
  if (question.kind !== 'number' || !Object.values(question.given ?? {}).every(isSound)) return;
  let drawn: Drawn;
  try {
    drawn = drawOften(question);
  } catch (error) {
    if (error instanceof DrawError) yield describe(error, path);
    else if (!(error instanceof ExpressionError)) throw error;
    return;
  }
  const { answers, tried } = drawn;
  if (tried * leastPassing > draws) {
    const message = `“where” lets only ${draws} of ${tried} draws through`;
    yield { path: [...path, 'where'], message, hint: 'Narrow the ranges in `given` instead.' };
  }
  const { tolerance, exact } = question;
  const answerPath = [...path, 'answer'];
  const fraction = answers.find((answer) => Math.abs(answer - Math.round(answer)) > 1e-9);
  if ((exact || tolerance?.exact) && fraction !== undefined) {
    const message = `the answer can be ${fraction}, and \`exact\` is for whole numbers`;
    yield { path: answerPath, message, hint: 'Write a relative or an absolute tolerance.' };
  }
  if (tolerance?.relative !== undefined && answers.some((answer) => Math.abs(answer) < 1e-12)) {
    const message = 'the answer can be 0, of which a relative tolerance allows nothing';
    yield { path: answerPath, message, hint: 'Write an absolute tolerance, or exclude it by `where`.' };
  }
  if (question.given !== undefined && new Set(answers).size === 1) {
    const message = `the answer is ${answers[0]} for every draw: whoever remembers it need not think`;
    yield { path: answerPath, severity: 'warning', message };
  }
}

/** Of what is malformed the schema has spoken. */
function isSound({ int, choose, real, step }: Parameter): boolean {
  const low = int ?? real;
  const isOne = [int, choose, real].filter((each) => each !== undefined).length === 1;
  return isOne && (low === undefined || low[0] <= low[1]) && (real === undefined || (step ?? 0) > 0);
}

/** What failed, with the values that it failed for. */
class DrawError extends Error {
  readonly key: 'where' | 'answer' | 'prompt' | 'explanation';
  readonly values: string;

  constructor(key: DrawError['key'], message: string, values: Scope = new Map()) {
    super(message);
    this.key = key;
    this.values = [...values].map(([name, value]) => `${name} = ${value}`).join(', ');
  }
}

function drawOften(question: NumberQuestion): Drawn {
  const prompt = attempt('prompt', undefined, () => parseTemplate(question.prompt));
  const explanation = attempt('explanation', undefined, () => parseTemplate(question.explanation));
  const answers: number[] = [];
  let tried = 0;
  for (let index = 0; index < draws; index++) {
    const { values, draws: taken } = attempt('where', undefined, () => drawParameters(question, `lint-${index}`));
    tried += taken;
    answers.push(attempt('answer', values, () => numberAnswer(question, values)));
    attempt('prompt', values, () => renderTemplate(prompt, values));
    attempt('explanation', values, () => renderTemplate(explanation, values));
  }
  return { answers, tried };
}

function attempt<T>(key: DrawError['key'], values: Scope | undefined, body: () => T): T {
  try {
    return body();
  } catch (error) {
    // What is wrong for all values is the business of another rule.
    if (error instanceof ExpressionError && error.reason === 'text') throw error;
    throw new DrawError(key, error instanceof Error ? error.message : String(error), values);
  }
}

function describe({ key, message, values }: DrawError, path: Path): Problem {
  const when = values === '' ? '' : ` for ${quoted(values)}`;
  return { path: [...path, key], message: `${message}${when}` };
}
