/** What the questions say about each concept: one of the inputs of the mastery table. */
import type { CardProgress } from '../progress/state.js';
import { isLeech } from '../schedule/leech.js';
import { retrievability } from '../schedule/retrievability.js';
import type { QuizItem } from './quiz-item.js';

export interface ConceptQuestions {
  readonly concept: string;
  /** Questions of the bank that ask for it. */
  readonly questions: number;
  /** Of these, answered at least once. */
  readonly seen: number;
  /** Answers given, and right ones among them. */
  readonly answers: number;
  readonly correct: number;
  /** Questions whose last answer was right. */
  readonly lastCorrect: number;
  /** Explain questions whose last answer was right. */
  readonly explained: number;
  /** Mean estimated recall of the scheduled questions on the day, 0 to 1; null when none is scheduled. */
  readonly recall: number | null;
  /** Of the scheduled ones, the least well remembered. */
  readonly weakest: { readonly question: string; readonly recall: number } | null;
  /** Scheduled questions that are due. */
  readonly due: number;
  readonly leeches: number;
}

/**
 * One entry for each concept that a question names, as main or further concept, in the order of the bank.
 * @param day study day, YYYY-MM-DD.
 */
export function conceptQuestions(
  bank: readonly QuizItem[],
  cards: ReadonlyMap<string, CardProgress>,
  day: string,
): ReadonlyMap<string, ConceptQuestions> {
  const byConcept = new Map<string, QuizItem[]>();
  for (const question of bank) {
    if (question.retired) continue;
    for (const concept of new Set(question.concepts)) {
      byConcept.set(concept, [...(byConcept.get(concept) ?? []), question]);
    }
  }
  return new Map([...byConcept].map(([concept, questions]) => [concept, sumUp(concept, questions, cards, day)]));
}

function sumUp(
  concept: string,
  questions: readonly QuizItem[],
  cards: ReadonlyMap<string, CardProgress>,
  day: string,
): ConceptQuestions {
  const met = questions.flatMap((question) => {
    const progress = cards.get(question.id);
    return progress && progress.answers > 0 ? [{ question, progress }] : [];
  });
  const recalls = met.flatMap(({ question, progress }) => {
    const recall = retrievability(progress.card, day);
    return recall === null ? [] : [{ question: question.id, recall }];
  });
  const right = met.filter(({ progress }) => progress.lastResult === 'correct');
  const sum = (value: (progress: CardProgress) => number) =>
    met.reduce((total, { progress }) => total + value(progress), 0);
  return {
    concept,
    questions: questions.length,
    seen: met.length,
    answers: sum((progress) => progress.answers),
    correct: sum((progress) => progress.correct),
    lastCorrect: right.length,
    explained: right.filter(({ question }) => question.kind === 'explain').length,
    recall: recalls.length === 0 ? null : recalls.reduce((total, { recall }) => total + recall, 0) / recalls.length,
    weakest: recalls.reduce<ConceptQuestions['weakest']>(
      (least, each) => (least === null || each.recall < least.recall ? each : least),
      null,
    ),
    due: met.filter(({ progress: { card, suspended } }) => card.phase === 'review' && !suspended && card.due <= day)
      .length,
    leeches: met.filter(({ progress }) => isLeech(progress)).length,
  };
}
