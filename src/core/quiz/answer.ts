/** What is asked, what is answered, what comes of it: the words that the quiz, the store and the commands share. */
import type { Question } from '../curriculum/model.js';

/**
 * One question as it is asked once: parameters drawn and options shuffled by the seed. The same question and seed give
 * the same instance for ever, so that every attempt can be shown again.
 */
export interface QuestionInstance {
  readonly question: Question;
  readonly seed: string;
  /** With the drawn values in place. */
  readonly prompt: string;
  readonly explanation: string;
  readonly form: QuestionForm;
}

/** How the learner answers. Positions are those on the screen, after shuffling. */
export type QuestionForm =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'multi'; readonly options: readonly string[] }
  | { readonly kind: 'number'; readonly unit: string | null }
  | { readonly kind: 'text' }
  | { readonly kind: 'cloze'; readonly blanks: number }
  | { readonly kind: 'order'; readonly items: readonly string[] }
  | { readonly kind: 'match'; readonly left: readonly string[]; readonly right: readonly string[] }
  | {
      readonly kind: 'explain';
      readonly rubric: readonly { readonly id: string; readonly point: string }[];
      readonly model: string;
    };

/** What the learner said. Positions count from 0 in the order shown. */
export type Answer =
  | { readonly type: 'choice'; readonly option: number }
  | { readonly type: 'multi'; readonly options: readonly number[] }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'cloze'; readonly texts: readonly string[] }
  /** For each place, the position of the item that belongs there. */
  | { readonly type: 'order'; readonly order: readonly number[] }
  /** For each left item, the position of its right item. */
  | { readonly type: 'match'; readonly pairs: readonly number[] }
  | { readonly type: 'explain'; readonly text: string; readonly ticked: readonly string[] }
  | { readonly type: 'unknown' }
  | { readonly type: 'skipped' };

export type QuizResult = 'correct' | 'partly' | 'wrong' | 'unknown' | 'skipped';

/** What came of an answer. */
export interface Grade {
  readonly result: QuizResult;
  /** 0 to 1; 0 for unknown and skipped. */
  readonly score: number;
  /** The right answer in words, for showing after the reveal. */
  readonly expected: string;
  /** Why what was chosen is wrong: the `because` of chosen distractors, points of the rubric that were not ticked. */
  readonly remarks: readonly string[];
}
