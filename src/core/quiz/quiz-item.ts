import type { QuestionForm } from './answer.js';

/** What choosing and scheduling need to know of a question; a `Question` of the curriculum is one. */
export interface QuizItem {
  readonly id: string;
  readonly kind: QuestionForm['kind'];
  /** The main one first. */
  readonly concepts: readonly string[];
  /** Ids of the resources that it was made from. Questions that share one are siblings. */
  readonly source: readonly string[];
  /** 1 to 5. */
  readonly difficulty: number;
  readonly retired?: boolean | undefined;
}

/** The concept that a question counts for when questions are spread over concepts. */
export function mainConcept(item: QuizItem): string {
  return item.concepts[0] ?? '';
}
