import type { Question } from '../curriculum/model.js';
import type { QuestionInstance } from './answer.js';
import { kindOf } from './question-kinds.js';

/**
 * A question as it is asked once: parameters drawn, options shuffled, blanks shown. The same question and seed give the
 * same instance for ever.
 * @throws Error when an expression of the question is wrong, which the linter finds before.
 */
export function drawQuestion(question: Question, seed: string): QuestionInstance {
  return { question, seed, ...kindOf(question).draw(question, seed) };
}
