import { ExpressionError, parseExpression } from '../../quiz/expression.js';
import { constants } from '../../quiz/expression-functions.js';
import { parseTemplate, unknownNames } from '../../quiz/template.js';
import { nearest } from '../../search/nearest.js';
import { didYouMean, type Path, type Problem, quoted } from '../finding.js';
import type { QuestionEntry, Rule } from './rule.js';

export const badExpression: Rule = {
  id: 'bad-expression',
  severity: 'error',
  summary: 'An expression or a template of a number question that cannot be read, or names what is not defined',
  *check({ questions }) {
    for (const entry of questions) yield* checkQuestion(entry);
  },
};

function* checkQuestion({ question, path }: QuestionEntry): Generator<Problem> {
  if (question.kind !== 'number') return;
  const known = new Set(Object.keys(question.given ?? {}));
  for (const [name, source] of Object.entries(question.let ?? {})) {
    const at = [...path, 'let', name];
    if (known.has(name)) yield { path: at, at: 'key', message: `${quoted(name)} is defined already` };
    yield* checkNames(at, known, () => namesIn(String(source)));
    known.add(name);
  }
  if (question.where !== undefined) {
    const { where } = question;
    yield* checkNames([...path, 'where'], known, () => namesIn(where));
  }
  yield* checkNames([...path, 'answer'], known, () => namesIn(String(question.answer)));
  for (const key of ['prompt', 'explanation'] as const) {
    yield* checkNames([...path, key], known, () => unknownNames(parseTemplate(question[key]), known));
  }
}

interface NamedPlace {
  readonly name: string;
  readonly at: number;
}

function namesIn(source: string): readonly NamedPlace[] {
  return [...parseExpression(source).names].map(([name, at]) => ({ name, at }));
}

/** Offsets are those in the text after YAML has folded its lines, so they go into the message. */
function* checkNames(path: Path, known: ReadonlySet<string>, read: () => readonly NamedPlace[]): Generator<Problem> {
  try {
    for (const { name, at } of read()) {
      if (known.has(name) || constants.has(name)) continue;
      const hint = didYouMean(nearest(name, [...known], 1)) ?? `Names here: ${[...known].join(', ') || 'none'}.`;
      yield { path, message: `at character ${at + 1}: nothing here is called ${quoted(name)}`, hint };
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    yield { path, message: `at character ${error.at + 1}: ${error.message}` };
  }
}
