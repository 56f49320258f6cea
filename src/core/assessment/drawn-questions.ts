/** The part of a checkpoint that is asked: questions drawn from its phase, and how well they are remembered today. */
import { type Checkpoint, type Curriculum, idsOf, type Phase } from '../curriculum/model.js';
import type { CardProgress, SittingState } from '../progress/state.js';
import { presentConcepts } from '../quiz/mastery.js';
import type { QuizItem } from '../quiz/quiz-item.js';
import type { RecordedAnswer } from '../quiz/recorded-answer.js';
import { retrievability } from '../schedule/retrievability.js';

type Quiz = NonNullable<Checkpoint['quiz']>;

export interface QuizReadiness {
  /** The questions were answered, and enough of them rightly. */
  readonly ready: boolean;
  readonly state: 'not-taken' | 'begun' | 'passed' | 'failed';
  /** Share of right answers that passes, 0 to 1. */
  readonly pass: number;
  /** Questions of the sitting; of one that was not taken, those that it would ask. */
  readonly asked: number;
  readonly answered: number;
  readonly right: number;
  /** Of those asked, the share answered rightly; undefined until all are answered. */
  readonly share: number | undefined;
  /** When the last of them was answered. */
  readonly at: string | undefined;
}

export interface RecallReadiness {
  /** At or above the bar, or nothing to go by yet. */
  readonly ready: boolean;
  readonly pass: number;
  /** Mean estimated recall today, 0 to 1; undefined when nothing is scheduled. */
  readonly share: number | undefined;
  /** Scheduled questions that it rests on. */
  readonly questions: number;
}

/** Ids of the concepts that a phase teaches, as they are now. */
export function phaseConcepts(phase: Phase, curriculum: Pick<Curriculum, 'concepts'>): ReadonlySet<string> {
  const present = presentConcepts(curriculum);
  return new Set(
    phase.modules
      .filter(({ retired }) => !retired)
      .flatMap(({ tasks }) => tasks.filter(({ retired }) => !retired))
      .flatMap(({ concepts = [] }) => concepts.map((id) => present.get(id) ?? id)),
  );
}

/** The questions on a phase: those that need a concept which only a later phase teaches come with that one. */
export function questionsOn<Q extends QuizItem>(
  phase: Phase,
  curriculum: Pick<Curriculum, 'concepts' | 'phases'>,
  bank: readonly Q[],
): readonly Q[] {
  const present = presentConcepts(curriculum);
  const here = phaseConcepts(phase, curriculum);
  const place = curriculum.phases.indexOf(phase);
  const known = new Set(curriculum.phases.slice(0, place + 1).flatMap((each) => [...phaseConcepts(each, curriculum)]));
  const later = new Set(curriculum.phases.slice(place + 1).flatMap((each) => [...phaseConcepts(each, curriculum)]));
  return bank.filter((question) => {
    const concepts = question.concepts.map((id) => present.get(id) ?? id);
    const isAhead = concepts.some((id) => later.has(id) && !known.has(id));
    return !question.retired && !isAhead && concepts.some((id) => here.has(id));
  });
}

/** May a checkpoint draw it? What learners tick about their own text decides nothing. */
export function canBeDrawn({ kind }: Pick<QuizItem, 'kind'>): boolean {
  return kind !== 'explain';
}

/** The sittings at a checkpoint, under any id that it has had. */
export function checkSittings(
  sittings: Iterable<SittingState>,
  curriculum: { readonly id: string },
  checkpoint: Checkpoint,
): readonly SittingState[] {
  const ids = idsOf(checkpoint);
  return [...sittings].filter(
    ({ mode, topic, curriculum: of }) =>
      mode === 'check' && of === curriculum.id && topic !== null && ids.includes(topic),
  );
}

/**
 * What the drawn questions came to.
 * @param drawable questions that could be asked now.
 * @param sitting the newest one at the checkpoint; undefined: never taken.
 * @param answers those given in it, in order; the newest to a question counts.
 * @param isKnown questions that the curriculum has dropped are left out, unless they were answered.
 */
export function assessQuiz(
  { count, pass }: Quiz,
  drawable: number,
  sitting: SittingState | undefined,
  answers: Iterable<RecordedAnswer>,
  isKnown: (question: string) => boolean,
): QuizReadiness {
  const newest = new Map([...answers].map((answer) => [answer.question, answer]));
  if (!sitting || newest.size === 0) {
    const asked = Math.min(count, drawable);
    return { ready: false, state: 'not-taken', pass, asked, answered: 0, right: 0, share: undefined, at: undefined };
  }
  const asked = sitting.items.filter(({ question }) => newest.has(question) || isKnown(question)).length;
  const right = [...newest.values()].filter(({ result }) => result === 'correct').length;
  const at = [...newest.values()].reduce((last, each) => (each.at > last ? each.at : last), '');
  const isComplete = newest.size >= asked;
  const share = isComplete ? right / asked : undefined;
  const ready = share !== undefined && share >= pass;
  const state = share === undefined ? 'begun' : ready ? 'passed' : 'failed';
  return { ready, state, pass, asked, answered: newest.size, right, share, at };
}

/**
 * How well the questions of a phase are remembered today, over those that are scheduled and not set aside.
 * @param day study day, YYYY-MM-DD.
 */
export function assessRecall(
  { pass }: Quiz,
  questions: readonly Pick<QuizItem, 'id'>[],
  cards: ReadonlyMap<string, CardProgress>,
  day: string,
): RecallReadiness {
  const recalls = questions.flatMap(({ id }) => {
    const known = cards.get(id);
    return known && known.suspended === null ? (retrievability(known.card, day) ?? []) : [];
  });
  if (recalls.length === 0) return { ready: true, pass, share: undefined, questions: 0 };
  const share = recalls.reduce((sum, each) => sum + each, 0) / recalls.length;
  return { ready: share >= pass, pass, share, questions: recalls.length };
}
