/** Which questions a quiz, a checkpoint or a placement asks. */
import type { CardProgress } from '../progress/state.js';
import { isAskable } from './askable.js';
import { interleave, shuffled, withoutSiblings } from './interleave.js';
import { mainConcept, type QuizItem } from './quiz-item.js';

export interface SelectOptions {
  /** Ids of concepts to ask about; undefined: all. */
  readonly concepts?: ReadonlySet<string> | undefined;
  readonly count: number;
  /** Only these kinds; undefined: all. */
  readonly kinds?: ReadonlySet<QuizItem['kind']> | undefined;
  /** The same seed and the same history give the same questions. */
  readonly seed: string;
}

/**
 * Questions on a topic, spread evenly over its concepts: of each concept those never answered first, then those
 * answered longest ago; siblings only when the others do not suffice; in an order that mixes the concepts. Retired,
 * suspended and flagged questions are left out.
 * @param cards what is known of the questions, by id.
 * @param revisions content hash of each question as it is now, by id.
 */
export function selectQuestions<Q extends QuizItem>(
  bank: readonly Q[],
  cards: ReadonlyMap<string, CardProgress>,
  options: SelectOptions,
  revisions: Readonly<Record<string, string>> = {},
): readonly Q[] {
  const { concepts, count, kinds, seed } = options;
  const wanted = bank.filter(
    (question) =>
      !question.retired &&
      (kinds === undefined || kinds.has(question.kind)) &&
      (concepts === undefined || question.concepts.some((each) => concepts.has(each))) &&
      isAskable(cards.get(question.id), revisions[question.id]),
  );
  const groups = groupByConcept(shuffled(wanted, `${seed}/draw`), concepts);
  const byTurns = takeTurns(groups.map((group) => freshFirst(group, cards)));
  return interleave(withoutSiblings(byTurns, Math.max(0, count)), `${seed}/order`);
}

/** Under its first concept that is asked about, so that a topic's own concepts share the questions evenly. */
function groupByConcept<Q extends QuizItem>(
  questions: readonly Q[],
  concepts: ReadonlySet<string> | undefined,
): readonly (readonly Q[])[] {
  const groups = new Map<string, Q[]>();
  for (const question of questions) {
    const concept = question.concepts.find((each) => concepts?.has(each)) ?? mainConcept(question);
    const group = groups.get(concept);
    if (group) group.push(question);
    else groups.set(concept, [question]);
  }
  return [...groups.values()];
}

function freshFirst<Q extends QuizItem>(
  questions: readonly Q[],
  cards: ReadonlyMap<string, CardProgress>,
): readonly Q[] {
  // Sorting is stable, so questions that were never answered stay shuffled.
  const answered = (question: Q) => cards.get(question.id)?.lastAt ?? '';
  return [...questions].sort((a, b) => (answered(a) < answered(b) ? -1 : answered(a) > answered(b) ? 1 : 0));
}

/** The first of each group, then the second of each, and so on. */
function takeTurns<Q>(groups: readonly (readonly Q[])[]): readonly Q[] {
  const rounds = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: rounds }, (_, round) => groups.flatMap((group) => group.slice(round, round + 1))).flat();
}
