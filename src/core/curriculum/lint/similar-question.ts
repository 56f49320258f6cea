import { similarQuestions } from '../../quiz/similar-questions.js';
import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const similarQuestion: Rule = {
  id: 'similar-question',
  severity: 'warning',
  summary: 'A question that asks nearly the same as another in nearly the same words',
  *check({ questions, placeOf }) {
    const entries = new Map(questions.map((entry) => [entry.question, entry]));
    for (const { one, other, similarity } of similarQuestions(entries.keys())) {
      const [first, second] = [entries.get(one), entries.get(other)];
      if (!first || !second) continue;
      const share = `${Math.round(similarity * 100)} % of the wording`;
      const place = placeOf([...first.path, 'prompt']);
      yield { path: [...second.path, 'prompt'], message: `${share} is that of ${quoted(one.id)} (${place})` };
    }
  },
};
