import { joinText } from '../../quiz/normalise-text.js';
import { readNumber } from '../../quiz/read-number.js';
import { type Path, type Problem, quoted } from '../finding.js';
import type { QuestionEntry, Rule } from './rule.js';

export const sameOptions: Rule = {
  id: 'same-options',
  severity: 'error',
  summary: 'Two options, items or sides of a question that say the same, or are the same number',
  *check({ questions }) {
    for (const entry of questions) for (const list of listsOf(entry)) yield* repeats(list);
  },
};

interface Choosable {
  readonly text: string;
  readonly path: Path;
}

function listsOf({ question, path }: QuestionEntry): readonly (readonly Choosable[])[] {
  switch (question.kind) {
    case 'choice':
    case 'multi':
      return [question.options.map(({ text }, index) => ({ text, path: [...path, 'options', index, 'text'] }))];
    case 'order':
      return [question.items.map((text, index) => ({ text, path: [...path, 'items', index] }))];
    case 'match': {
      const side = (name: 'left' | 'right') =>
        question.pairs.map((pair, index) => ({ text: pair[name], path: [...path, 'pairs', index, name] }));
      const extra = (question.extra ?? []).map((text, index) => ({ text, path: [...path, 'extra', index] }));
      return [side('left'), [...side('right'), ...extra]];
    }
    default:
      return [];
  }
}

function* repeats(list: readonly Choosable[]): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const { text, path } of list) {
    const value = readNumber(text);
    // A set of signs, such as <= and >=, has no letters to compare.
    const key = value === undefined ? joinText(text) || text.trim() : `= ${value}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, text);
    else yield { path, message: `${quoted(text)} says the same as ${quoted(first)}` };
  }
}
