import { blanksOf } from '../../quiz/blanks.js';
import type { Rule } from './rule.js';

export const clozeBlanks: Rule = {
  id: 'cloze-blanks',
  severity: 'error',
  summary: 'A cloze whose prompt and `blanks` do not go together: [[1]], [[2]] ... once each, in order',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind !== 'cloze') continue;
      const found = blanksOf(question.prompt).map(({ number }) => number);
      const wanted = question.blanks.map((_, index) => index + 1);
      if (found.join() === wanted.join()) continue;
      const has = found.length === 0 ? 'no blanks' : found.map((number) => `[[${number}]]`).join(' ');
      const message = `the prompt has ${has}, and “blanks” fills ${wanted.map((number) => `[[${number}]]`).join(' ')}`;
      yield { path: [...path, 'prompt'], message };
    }
  },
};
