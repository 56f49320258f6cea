import type { Answer, Grade, QuestionInstance } from './answer.js';
import { kindOf } from './question-kinds.js';

/**
 * What comes of an answer. A question with a regular expression needs `prepareRegex` (regex.ts) to be awaited before.
 * @throws RangeError when the answer is one to another kind of question.
 */
export function gradeAnswer({ question, seed }: QuestionInstance, answer: Answer): Grade {
  const kind = kindOf(question);
  const expected = kind.expected(question, seed);
  if (answer.type === 'unknown' || answer.type === 'skipped') {
    return { result: answer.type, score: 0, expected, remarks: [] };
  }
  if (answer.type !== question.kind) throw new RangeError(`${question.id} is no question of kind ${answer.type}`);
  return { ...kind.grade(question, seed, answer), expected };
}
