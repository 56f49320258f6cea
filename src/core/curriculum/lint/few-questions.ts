import { fewestQuestions, questionsByConcept } from '../../quiz/concept-coverage.js';
import { quoted } from '../finding.js';
import type { Rule } from './rule.js';
import { firstTaught } from './taught.js';

export const fewQuestions: Rule = {
  id: 'few-questions',
  severity: 'warning',
  summary: 'A concept that a task teaches and fewer than three questions ask for',
  *check(survey) {
    // A curriculum without any questions does not mean to ask.
    if (survey.questions.length === 0) return;
    const asked = questionsByConcept(survey.questions.map(({ question }) => question));
    const taught = firstTaught(survey);
    for (const { kind, id, path, isRetired } of survey.entries) {
      const count = asked.get(id)?.length ?? 0;
      if (kind !== 'concept' || isRetired || !taught.has(id) || count >= fewestQuestions) continue;
      const questions = count === 1 ? '1 question asks' : `${count || 'no'} questions ask`;
      yield { path: [...path, 'id'], message: `${questions} for ${quoted(id)} as first or second concept` };
    }
  },
};
