import type { Rule } from './rule.js';

export const undatedClaim: Rule = {
  id: 'undated-claim',
  severity: 'error',
  summary: 'A dated claim that does not say when it was true',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.claim !== 'dated' || question.as_of !== undefined) continue;
      yield { path: [...path, 'claim'], message: 'a dated claim without “as_of”', hint: 'Add as_of: YYYY-MM.' };
    }
  },
};
