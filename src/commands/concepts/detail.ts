/** Everything about one concept: what it builds on, the record of its questions, its tasks, its criteria. */
import type { Context } from '../../context.js';
import type { Question, QuestionBank } from '../../core/curriculum/model.js';
import type { QuizResult } from '../../core/quiz/answer.js';
import {
  type AppliedLab,
  type ConceptMastery,
  type CoveringCriterion,
  presentConcepts,
  type TeachingTask,
} from '../../core/quiz/mastery.js';
import type { MasteryLevel } from '../../core/quiz/mastery-levels.js';
import { prerequisitesOf, weakestOf } from '../../core/quiz/prerequisites.js';
import { retrievability } from '../../core/schedule/retrievability.js';
import type { Study } from '../lookup.js';
import { improve } from './improve.js';

export interface RelatedConcept {
  readonly id: string;
  readonly name: string;
  readonly level: MasteryLevel;
  readonly recall: number | null;
}

/** A question as far as it can be told without giving it away. */
export interface QuestionRecord {
  readonly id: string;
  readonly kind: Question['kind'];
  readonly difficulty: number;
  readonly answers: number;
  readonly correct: number;
  readonly lastResult: Exclude<QuizResult, 'skipped'> | null;
  readonly lastAt: string | null;
  /** Estimated recall today, 0 to 1. */
  readonly recall: number | null;
  /** Study day on which it comes back. */
  readonly due: string | null;
  readonly flagged: boolean;
  readonly suspended: boolean;
}

export interface ConceptDetail {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  /** What it builds on directly. */
  readonly requires: readonly RelatedConcept[];
  /** The least known of everything that it builds on; null when that is nothing. */
  readonly weakestPrerequisite: RelatedConcept | null;
  /** What builds on it directly. */
  readonly leadsTo: readonly RelatedConcept[];
  readonly questions: readonly QuestionRecord[];
  readonly tasks: readonly TeachingTask[];
  readonly labs: readonly AppliedLab[];
  readonly criteria: readonly CoveringCriterion[];
  /** The command that does most for it now. */
  readonly command: string;
}

export function describeDetail(
  context: Context,
  { curriculum, store }: Study,
  mastery: ReadonlyMap<string, ConceptMastery>,
  one: ConceptMastery,
  bank: QuestionBank,
): ConceptDetail {
  const { concept, tasks, labs, criteria } = one;
  const present = presentConcepts(curriculum);
  const presentOf = (ids: readonly string[] = []) => ids.map((id) => present.get(id) ?? id);
  const weakest = weakestOf(prerequisitesOf(mastery, [concept.id]));
  const cards = store.cards(curriculum.id);
  const today = context.today();
  const questions = bank.questions
    .filter((question) => !question.retired && presentOf(question.concepts).includes(concept.id))
    .map(({ id, kind, difficulty }): QuestionRecord => {
      const known = cards.get(id);
      return {
        id,
        kind,
        difficulty,
        answers: known?.answers ?? 0,
        correct: known?.correct ?? 0,
        lastResult: known?.lastResult ?? null,
        lastAt: known?.lastAt ?? null,
        recall: known ? retrievability(known.card, today) : null,
        due: known?.card.phase === 'review' ? known.card.due : null,
        flagged: Boolean(known?.flagged),
        suspended: Boolean(known?.suspended),
      };
    });
  return {
    id: concept.id,
    name: concept.name,
    meaning: concept.meaning,
    requires: presentOf(concept.requires).flatMap((id) => relate(mastery.get(id))),
    weakestPrerequisite: relate(weakest)[0] ?? null,
    leadsTo: [...mastery.values()].flatMap((each) =>
      presentOf(each.concept.requires).includes(concept.id) ? relate(each) : [],
    ),
    questions,
    tasks,
    labs,
    criteria,
    command: improve(one, bank),
  };
}

function relate(mastery: ConceptMastery | undefined): readonly RelatedConcept[] {
  if (!mastery) return [];
  const { concept, level, questions } = mastery;
  return [{ id: concept.id, name: concept.name, level, recall: questions.recall }];
}
