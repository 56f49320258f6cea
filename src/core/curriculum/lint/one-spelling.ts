import type { Accepted } from '../../quiz/accepts-text.js';
import { normaliseText } from '../../quiz/normalise-text.js';
import type { Path, Problem } from '../finding.js';
import type { Rule } from './rule.js';

export const oneSpelling: Rule = {
  id: 'one-spelling',
  severity: 'warning',
  summary: 'A typed answer of which only one spelling is accepted',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind === 'text') yield* check(question.answer, [...path, 'answer']);
      if (question.kind !== 'cloze') continue;
      for (const [index, blank] of question.blanks.entries()) yield* check(blank, [...path, 'blanks', index]);
    }
  },
};

function* check({ accept = [], regex }: Accepted, path: Path): Generator<Problem> {
  if (regex !== undefined || new Set(accept.map(normaliseText)).size > 1) return;
  yield {
    path: [...path, 'accept'],
    message: 'only one spelling is accepted; case, hyphens and spaces count for none',
    hint: 'Add what else a person who knows it would type: plural, abbreviation, American spelling.',
  };
}
