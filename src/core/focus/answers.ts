import { AppError } from '../../errors.js';
import type { Focus } from '../curriculum/model.js';
import { nearest } from '../search/nearest.js';
import type { FocusAnswers } from './recommend.js';

/**
 * Answers to the questionnaire as `question=option`, checked against it. The last answer to a question counts.
 * @throws AppError BAD_VALUE when it is not written like that, or names a question or option that there is not.
 */
export function parseFocusAnswers(focus: Focus, answers: readonly string[]): FocusAnswers {
  const parsed: Record<string, string> = {};
  for (const answer of answers) {
    const [questionId = '', optionId, ...rest] = answer.split('=').map((part) => part.trim());
    if (optionId === undefined || rest.length > 0) {
      throw new AppError('BAD_VALUE', `“${answer}” is not an answer. Write it as question=option.`, {
        hint: exampleFor(focus, questionId),
      });
    }
    const questions = focus.questions.map(({ id }) => id);
    const question = focus.questions.find(({ id }) => id === questionId);
    if (!question)
      throw unknownWord('question', questionId, questions, exampleFor(focus, nearest(questionId, questions, 1)[0]));
    const options = question.options.map(({ id }) => id);
    if (!options.includes(optionId)) {
      const likely = nearest(optionId, options, 1)[0] ?? options[0];
      throw unknownWord(
        `option of “${questionId}”`,
        optionId,
        options,
        `aisafe focus --answer ${questionId}=${likely}`,
      );
    }
    parsed[question.id] = optionId;
  }
  return parsed;
}

function unknownWord(what: string, word: string, known: readonly string[], hint: string): AppError {
  return new AppError('BAD_VALUE', `“${word}” is no ${what}. There are ${known.join(', ')}.`, {
    hint,
    details: { word, known },
  });
}

function exampleFor(focus: Focus, questionId: string | undefined): string {
  const question = focus.questions.find(({ id }) => id === questionId) ?? focus.questions[0];
  return `aisafe focus --answer ${question?.id}=${question?.options[0]?.id}`;
}
