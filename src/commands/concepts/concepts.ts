import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type QuestionBank, tasksOf } from '../../core/curriculum/model.js';
import { recommend } from '../../core/planning/recommend.js';
import { type ConceptMastery, countLevels, presentConcepts } from '../../core/quiz/mastery.js';
import { type MasteryLevel, masteryRule } from '../../core/quiz/mastery-levels.js';
import { prerequisitesOf, weakestOf } from '../../core/quiz/prerequisites.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { type ConceptDetail, describeDetail } from './detail.js';
import { improve } from './improve.js';
import { readMastery } from './read-mastery.js';

export interface ConceptsInput {
  readonly id: string | undefined;
  readonly phase: string | undefined;
  readonly weak: boolean;
}

/** One concept: the figures side by side, and the word that sums them up. */
export interface ConceptRow {
  readonly id: string;
  readonly name: string;
  readonly level: MasteryLevel;
  /** Questions on it, those met, and those of them that were right last time. */
  readonly questions: number;
  readonly seen: number;
  readonly right: number;
  /**
   * Mean estimated recall today of its scheduled questions, 0 to 1; null when none is scheduled, or none was right
   * last time: on the day of a wrong answer the model takes what was just read for remembered.
   */
  readonly recall: number | null;
  /** Tasks that teach it: done, of all. */
  readonly tasks: { readonly done: number; readonly total: number };
  /** Explain questions right last time, and the criteria that cover it by what they have reached. */
  readonly explained: number;
  readonly criteria: { readonly explained: number; readonly attested: number; readonly total: number };
  readonly due: number;
  readonly sureButWrong: number;
  readonly weak: boolean;
}

export interface ConceptsData {
  readonly day: string;
  readonly rule: Readonly<Record<MasteryLevel, string>>;
  /** How many of the concepts shown stand at each level. */
  readonly levels: Readonly<Record<MasteryLevel, number>>;
  /** In the order of the curriculum; of one concept, itself alone. */
  readonly concepts: readonly ConceptRow[];
  /** What the next task builds on and is known least; null when there is no next task or it builds on nothing. */
  readonly weakestPrerequisite: WeakestPrerequisite | null;
  /** Of one concept: everything about it. */
  readonly detail: ConceptDetail | null;
}

export interface WeakestPrerequisite {
  readonly concept: string;
  readonly name: string;
  readonly level: MasteryLevel;
  readonly recall: number | null;
  /** The task that builds on it. */
  readonly task: { readonly id: string; readonly title: string };
  readonly command: string;
}

/** How well each concept is known. */
export async function concepts(context: Context, input: ConceptsInput): Promise<Result<ConceptsData>> {
  const study = await openStudy(context);
  const only =
    input.id === undefined ? undefined : findItem(study, input.id, 'aisafe concepts', ['concept']).concept.id;
  const phase =
    input.phase === undefined ? undefined : findItem(study, input.phase, 'aisafe concepts --phase', ['phase']).phase;
  const bank = await context.questions();
  const mastery = readMastery(context, study, bank);
  const present = presentConcepts(study.curriculum);
  const taught = phase && taughtIn(study, phase.id, present);
  const shown = [...mastery.values()].filter(
    (each) =>
      (only === undefined || each.concept.id === only) &&
      (taught === undefined || taught.has(each.concept.id)) &&
      (!input.weak || each.isWeak),
  );
  const [one] = only === undefined ? [] : shown;
  const data: ConceptsData = {
    day: context.today(),
    rule: masteryRule,
    levels: countLevels(shown),
    concepts: shown.map(describeConcept),
    weakestPrerequisite: weakestOfNext(context, study, mastery, bank),
    detail: one ? describeDetail(context, study, mastery, one, bank) : null,
  };
  return { data };
}

function describeConcept({ concept, level, questions, tasks, criteria, ...rest }: ConceptMastery): ConceptRow {
  const reached = (state: string) => criteria.filter((each) => each.reached === state).length;
  return {
    id: concept.id,
    name: concept.name,
    level,
    questions: questions.questions,
    seen: questions.seen,
    right: questions.lastCorrect,
    recall: questions.lastCorrect === 0 ? null : questions.recall,
    tasks: { done: tasks.filter(({ state }) => state === 'done').length, total: tasks.length },
    explained: questions.explained,
    criteria: { explained: reached('explained'), attested: reached('attested'), total: criteria.length },
    due: questions.due,
    sureButWrong: rest.sureButWrong,
    weak: rest.isWeak,
  };
}

function taughtIn({ curriculum }: Study, phase: string, present: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(
    [...tasksOf(curriculum)].flatMap(({ task, phase: { id } }) =>
      id === phase && !task.retired ? (task.concepts ?? []).map((each) => present.get(each) ?? each) : [],
    ),
  );
}

/** Of everything that the next task's concepts build on, what is known least. */
function weakestOfNext(
  context: Context,
  { curriculum, store }: Study,
  mastery: ReadonlyMap<string, ConceptMastery>,
  bank: QuestionBank,
): WeakestPrerequisite | null {
  const present = presentConcepts(curriculum);
  for (const { item } of recommend(curriculum, store.progress(), { day: context.today() }).fitting) {
    const taught = (item.task.concepts ?? []).map((id) => present.get(id) ?? id);
    const weakest = weakestOf(prerequisitesOf(mastery, taught));
    if (!weakest) continue;
    const { concept, level, questions } = weakest;
    return {
      concept: concept.id,
      name: concept.name,
      level,
      recall: questions.recall,
      task: { id: item.task.id, title: item.task.title },
      command: improve(weakest, bank),
    };
  }
  return null;
}
