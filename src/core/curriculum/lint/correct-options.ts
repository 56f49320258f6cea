import type { Rule } from './rule.js';

export const correctOptions: Rule = {
  id: 'correct-options',
  severity: 'error',
  summary: 'A question with no correct option, a choice with several, or one where every option is correct',
  *check({ questions }) {
    for (const { question, path } of questions) {
      if (question.kind !== 'choice' && question.kind !== 'multi') continue;
      const correct = question.options.flatMap((option, index) => (option.correct ? index : []));
      const at = [...path, 'options'];
      const [, second] = correct;
      if (correct.length === 0) {
        yield { path: at, at: 'key', message: 'no option is correct', hint: 'Write `correct: true` at the right one.' };
      } else if (question.kind === 'choice' && second !== undefined) {
        const hint = 'Leave one, or make it kind multi.';
        yield { path: [...at, second, 'correct'], message: `${correct.length} options of a choice are correct`, hint };
      } else if (correct.length === question.options.length) {
        yield {
          path: at,
          at: 'key',
          message: 'every option is correct',
          hint: 'Add a wrong one, or remove the question.',
        };
      }
    }
  },
};
