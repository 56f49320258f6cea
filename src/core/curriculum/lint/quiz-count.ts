import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const quizCount: Rule = {
  id: 'quiz-count',
  severity: 'warning',
  summary: 'A checkpoint that draws more questions than there are on the concepts of its phase',
  *check({ curriculum, questions, tasks }) {
    if (questions.length === 0) return;
    for (const [index, { checkpoint }] of curriculum.phases.entries()) {
      if (!checkpoint?.quiz) continue;
      const taught = new Set(
        tasks.flatMap(({ phase, task, isRetired }) => (phase === index && !isRetired ? (task.concepts ?? []) : [])),
      );
      const there = questions.filter(
        ({ question, isRetired }) => !isRetired && question.concepts.some((concept) => taught.has(concept)),
      ).length;
      if (there >= checkpoint.quiz.count) continue;
      yield {
        path: ['phases', index, 'checkpoint', 'quiz', 'count'],
        message: `${quoted(checkpoint.id)} draws ${checkpoint.quiz.count} questions, and there are ${there}`,
      };
    }
  },
};
