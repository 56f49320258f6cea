import type { ChoiceQuestion, Question } from '../curriculum/model.js';

/** In fewer questions a run of long right options is chance. */
const fewestChoices = 8;

/** Above this share whoever always takes the longest option does better than an honest guess. */
export const mostLongestRight = 0.4;

export interface LengthTell {
  /** Live choice questions. */
  readonly choices: number;
  /** Those whose right option is longer than all others. */
  readonly longestRight: number;
}

/** How often the right option gives itself away by its length. */
export function lengthTell(questions: Iterable<Question>): LengthTell {
  let choices = 0;
  let longestRight = 0;
  for (const question of questions) {
    if (question.kind !== 'choice' || question.retired) continue;
    choices++;
    if (isLongestRight(question)) longestRight++;
  }
  return { choices, longestRight };
}

/** Does always taking the longest option pay? Not said of a handful of questions. */
export function isTelling({ choices, longestRight }: LengthTell): boolean {
  return choices >= fewestChoices && longestRight > choices * mostLongestRight;
}

function isLongestRight({ options }: ChoiceQuestion): boolean {
  const lengthOf = (text: string) => [...text].length;
  const right = options.filter(({ correct }) => correct).map(({ text }) => lengthOf(text));
  const wrong = options.filter(({ correct }) => !correct).map(({ text }) => lengthOf(text));
  return right.length > 0 && wrong.length > 0 && Math.min(...right) > Math.max(...wrong);
}
