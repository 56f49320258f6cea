import type { Rule } from './rule.js';

export const missingBecause: Rule = {
  id: 'missing-because',
  severity: 'error',
  summary: 'A wrong option that does not say why one might choose it and why it is wrong',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind !== 'choice' && question.kind !== 'multi') continue;
      for (const [index, { correct, because }] of question.options.entries()) {
        if (correct || because !== undefined) continue;
        yield { path: [...path, 'options', index], message: 'this wrong option has no “because”' };
      }
    }
  },
};
