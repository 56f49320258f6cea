import type { Rule } from './rule.js';

export const numberTolerance: Rule = {
  id: 'number-tolerance',
  severity: 'error',
  summary: 'A number question that does not say how near is near enough, or says it twice',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind !== 'number') continue;
      const { tolerance, exact } = question;
      const hint = 'Write `tolerance:` with relative, absolute or exact.';
      if (tolerance === undefined && exact === undefined) {
        yield { path: [...path, 'answer'], at: 'key', message: 'a number without tolerance', hint };
      } else if (tolerance !== undefined && exact !== undefined) {
        yield {
          path: [...path, 'exact'],
          at: 'key',
          message: 'both `tolerance` and `exact`',
          hint: 'Leave one of them out.',
        };
      }
    }
  },
};
