import type { Accepted } from '../../quiz/accepts-text.js';
import { regexProblem } from '../../quiz/regex-problem.js';
import { type Path, type Problem, quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const badRegex: Rule = {
  id: 'bad-regex',
  severity: 'error',
  summary: 'A regular expression that RE2 does not know, or that matches inside of longer answers',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind === 'text') yield* check(question.answer, [...path, 'answer', 'regex']);
      if (question.kind !== 'cloze') continue;
      for (const [index, blank] of question.blanks.entries()) yield* check(blank, [...path, 'blanks', index, 'regex']);
    }
  },
};

function* check({ regex }: Accepted, path: Path): Generator<Problem> {
  if (regex === undefined) return;
  const problem = regexProblem(regex);
  if (problem !== undefined) yield { path, message: problem };
  else if (!regex.startsWith('^') || !regex.endsWith('$')) {
    const message = `${quoted(regex)} matches inside of longer, wrong answers too`;
    yield { path, severity: 'warning', message, hint: `Write ^(${regex})$, with what may stand around it.` };
  }
}
