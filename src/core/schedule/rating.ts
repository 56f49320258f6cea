import type { QuizResult } from '../quiz/answer.js';
import type { Rating } from './card.js';

/** How a result becomes a rating: pass or fail only, or all four. */
export type Grades = 'pass-fail' | 'four';

/** The rating of a graded answer; undefined when it schedules nothing. */
export function ratingOf(result: QuizResult, grades: Grades): Rating | undefined {
  switch (result) {
    case 'correct':
      return 3;
    case 'partly':
      return grades === 'four' ? 2 : 1;
    case 'wrong':
    case 'unknown':
      return 1;
    case 'skipped':
      return undefined;
  }
}

/** The ratings among which a learner may choose after a result; one or none leaves nothing to ask. */
export function selfRatings(result: QuizResult, grades: Grades): readonly Rating[] {
  if (result === 'correct' && grades === 'four') return [2, 3, 4];
  const rating = ratingOf(result, grades);
  return rating === undefined ? [] : [rating];
}
