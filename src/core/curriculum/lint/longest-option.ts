import { isTelling, lengthTell, mostLongestRight } from '../../quiz/length-tell.js';
import type { Rule } from './rule.js';

export const longestOption: Rule = {
  id: 'longest-option',
  severity: 'warning',
  summary: 'A file in which the longest option is right too often',
  *check({ curriculum }) {
    for (const [index, questions] of (curriculum.questions ?? []).entries()) {
      const tell = lengthTell(questions);
      if (!isTelling(tell)) continue;
      const { choices, longestRight } = tell;
      yield {
        path: ['questions', index],
        message: `the right option is the longest in ${longestRight} of ${choices} choice questions`,
        hint: `Shorten right options or lengthen wrong ones: at most ${Math.floor(choices * mostLongestRight)}.`,
      };
    }
  },
};
