import { parseExpression } from '../../quiz/expression.js';
import { ExpressionError } from '../../quiz/expression-syntax.js';
import { parseTemplate, unknownNames } from '../../quiz/template.js';
import { quoted } from '../finding.js';
import type { NumberQuestion } from '../model.js';
import type { Rule } from './rule.js';

export const unusedParameter: Rule = {
  id: 'unused-parameter',
  severity: 'warning',
  summary: 'A parameter or a computed value that nothing in its question uses',
  *check({ questions }) {
    for (const { question, path } of questions) {
      const used = question.kind === 'number' ? usedNames(question) : undefined;
      if (question.kind !== 'number' || !used) continue;
      for (const key of ['given', 'let'] as const) {
        for (const name of Object.keys(question[key] ?? {})) {
          if (used.has(name)) continue;
          yield { path: [...path, key, name], at: 'key', message: `nothing uses ${quoted(name)}` };
        }
      }
    }
  },
};

/** Undefined when something cannot be read, which another rule reports. */
function usedNames(question: NumberQuestion): ReadonlySet<string> | undefined {
  try {
    const expressions = [...Object.values(question.let ?? {}), question.answer, question.where ?? '0'];
    const none = new Set<string>();
    return new Set([
      ...expressions.flatMap((source) => [...parseExpression(String(source)).names.keys()]),
      ...[question.prompt, question.explanation].flatMap((text) =>
        unknownNames(parseTemplate(text), none).map(({ name }) => name),
      ),
    ]);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
