import type { Rule } from './rule.js';

export const rubricSize: Rule = {
  id: 'rubric-size',
  severity: 'error',
  summary: 'A rubric of fewer than three or more than six points',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind !== 'explain') continue;
      const { length } = question.rubric;
      if (length >= 3 && length <= 6) continue;
      const points = length === 1 ? '1 point' : `${length} points`;
      yield { path: [...path, 'rubric'], at: 'key', message: `a rubric has three to six points, this one ${points}` };
    }
  },
};
