import type { Rule } from './rule.js';

const fewestCharacters = 60;

export const shortExplanation: Rule = {
  id: 'short-explanation',
  severity: 'warning',
  summary: 'An explanation too short to teach anything',
  *check({ questions }) {
    for (const { question, path } of questions) {
      const { length } = question.explanation.trim();
      if (length >= fewestCharacters) continue;
      yield { path: [...path, 'explanation'], message: `an explanation of ${length} characters teaches little` };
    }
  },
};
