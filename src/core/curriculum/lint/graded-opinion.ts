import type { Rule } from './rule.js';

export const gradedOpinion: Rule = {
  id: 'graded-opinion',
  severity: 'error',
  summary: 'A contested or speculative claim that is marked right or wrong',
  *check({ questions }) {
    for (const { question, path } of questions) {
      const { claim, kind } = question;
      if ((claim !== 'contested' && claim !== 'speculative') || kind === 'explain') continue;
      yield {
        path: [...path, 'claim'],
        message: `a ${claim} claim is not graded, and kind ${kind} grades it`,
        hint: 'Ask for the arguments on both sides: kind explain.',
      };
    }
  },
};
