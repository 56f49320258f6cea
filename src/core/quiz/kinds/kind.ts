import type { Question, QuestionKind } from '../../curriculum/model.js';
import type { Answer, Grade, QuestionForm, QuizResult } from '../answer.js';

/** An answer to the question itself, and not “I don't know” or a skip. */
type GivenAnswer<K extends QuestionKind> = Extract<Answer, { readonly type: K }>;

export interface DrawnTexts {
  readonly prompt: string;
  readonly explanation: string;
  readonly form: QuestionForm;
}

/** What a kind of question adds: how it is drawn, how an answer is read and how it is graded. One file a kind. */
export interface KindOf<K extends QuestionKind> {
  /** The texts and the form for a seed. Draws the same for ever. */
  draw(question: Extract<Question, { kind: K }>, seed: string): DrawnTexts;
  /** Reads what was typed, or what an answers file holds. */
  parse(
    question: Extract<Question, { kind: K }>,
    seed: string,
    input: unknown,
  ): GivenAnswer<K> | { readonly problem: string };
  grade(question: Extract<Question, { kind: K }>, seed: string, answer: GivenAnswer<K>): Omit<Grade, 'expected'>;
  /** The right answer in words. */
  expected(question: Extract<Question, { kind: K }>, seed: string): string;
}

/** From this share of the points on an answer that is not right counts as partly right. */
const partlyFrom = 0.5;

/** @param score 0 to 1. */
export function resultOf(score: number, correctFrom = 1): QuizResult {
  if (score >= correctFrom) return 'correct';
  return score >= partlyFrom ? 'partly' : 'wrong';
}
