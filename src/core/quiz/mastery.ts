/**
 * How well each concept is known, put together from cards, tasks and checkpoints. The figures stand side by side; one
 * word sums them up, by a rule that is shown with it.
 */
import { attemptsAt, liveCriteria } from '../assessment/attempts.js';
import { type AnswerSupport, findSupport } from '../assessment/support.js';
import { type Concept, type Criterion, type Curriculum, tasksOf } from '../curriculum/model.js';
import { type LabStanding, labStanding } from '../progress/lab-state.js';
import { criterionAnswer, labState, type Progress, taskState } from '../progress/progress.js';
import type { CardProgress, CriterionAnswer, TaskStateName } from '../progress/state.js';
import { mistakenConcepts, sureMistakes } from './calibration.js';
import { type ConceptQuestions, conceptQuestions } from './mastery-inputs.js';
import { type MasteryLevel, masteryLevels } from './mastery-levels.js';
import type { QuizItem } from './quiz-item.js';

/** Estimated recall, 0 to 1, from which on a concept counts as recalled. */
const recallBar = 0.8;

/** So many of a concept's questions must have been answered rightly: one alone can be luck. */
const fewestRight = 2;

/** Kinds of task that take in; the others make something. */
const takingIn: readonly string[] = ['read', 'watch', 'course'];

export interface TeachingTask {
  readonly id: string;
  readonly title: string;
  readonly state: TaskStateName;
  /** Does it ask for more than taking in? */
  readonly applies: boolean;
}

export interface AppliedLab {
  readonly id: string;
  readonly title: string;
  readonly standing: LabStanding;
}

export interface CoveringCriterion {
  readonly checkpoint: string;
  readonly criterion: string;
  readonly question: string;
  /** 0 to 3; null when it was not answered. */
  readonly level: number | null;
  readonly pass: number;
  /** `explained`: passed with evidence that holds; `attested`: on the learner's word alone. */
  readonly reached: 'explained' | 'attested' | 'below' | 'unanswered';
}

export interface ConceptMastery {
  readonly concept: Concept;
  /** The last of the levels whose condition holds. */
  readonly level: MasteryLevel;
  readonly questions: ConceptQuestions;
  readonly tasks: readonly TeachingTask[];
  readonly labs: readonly AppliedLab[];
  readonly criteria: readonly CoveringCriterion[];
  /** Questions on it that were last answered wrongly by a learner who was sure. */
  readonly sureButWrong: number;
  /** Met, and not holding: wrong more often than right, forgotten, or sure and wrong. */
  readonly isWeak: boolean;
}

export interface MasteryInput {
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  /** Questions of the curriculum. */
  readonly bank: readonly QuizItem[];
  readonly cards: ReadonlyMap<string, CardProgress>;
  /** Study day, YYYY-MM-DD. */
  readonly day: string;
}

/** Every concept that is not retired, in the order of the curriculum. */
export function conceptMastery(input: MasteryInput): ReadonlyMap<string, ConceptMastery> {
  const { curriculum, bank, cards, day } = input;
  const present = presentConcepts(curriculum);
  const items = bank.map((each) => ({ ...each, concepts: each.concepts.map((id) => present.get(id) ?? id) }));
  const questions = conceptQuestions(items, cards, day);
  const again = answeredAgain(items, cards);
  const tasks = teachingTasks(input, present);
  const labs = applyingLabs(input, present);
  const criteria = coveringCriteria(input, present);
  const live = new Set(items.flatMap(({ id, retired }) => (retired ? [] : [id])));
  const mistakes = sureMistakes(cards).filter(({ question }) => live.has(question));
  const mistaken = mistakenConcepts(
    mistakes.map((each) => ({ ...each, concepts: each.concepts.map((id) => present.get(id) ?? id) })),
  );
  return new Map(
    curriculum.concepts
      .filter(({ retired }) => !retired)
      .map((concept) => {
        const { id } = concept;
        const facts = {
          questions: questions.get(id) ?? noQuestions(id),
          tasks: tasks.get(id) ?? [],
          labs: labs.get(id) ?? [],
          criteria: criteria.get(id) ?? [],
        };
        const sureButWrong = mistaken.get(id) ?? 0;
        const level = levelOf(facts, again.has(id));
        return [id, { concept, level, ...facts, sureButWrong, isWeak: isWeak(facts.questions, sureButWrong) }];
      }),
  );
}

type Facts = Pick<ConceptMastery, 'questions' | 'tasks' | 'labs' | 'criteria'>;

function levelOf({ questions, tasks, labs, criteria }: Facts, wasRecalled: boolean): MasteryLevel {
  const practised = questions.lastCorrect >= fewestRight && questions.lastCorrect * 2 >= questions.seen;
  const holds: Readonly<Record<MasteryLevel, boolean>> = {
    unseen: true,
    seen:
      questions.seen > 0 ||
      tasks.some(({ state }) => ['started', 'done', 'waived'].includes(state)) ||
      labs.some(({ standing }) => standing !== 'not-started'),
    practised,
    recalled: practised && wasRecalled && (questions.recall ?? 0) >= recallBar,
    applied:
      tasks.some(({ state, applies }) => applies && state === 'done') ||
      labs.some(({ standing }) => standing === 'passed'),
    explained: questions.explained > 0 || criteria.some(({ reached }) => reached === 'explained'),
  };
  return masteryLevels.findLast((level) => holds[level]) ?? 'unseen';
}

function isWeak({ seen, lastCorrect, recall }: ConceptQuestions, sureButWrong: number): boolean {
  if (sureButWrong > 0) return true;
  return seen > 0 && (lastCorrect * 2 < seen || (recall !== null && recall < recallBar));
}

/** Ids of concepts as they are now, by every id that they have had. */
export function presentConcepts({ concepts }: Pick<Curriculum, 'concepts'>): ReadonlyMap<string, string> {
  const former = concepts.flatMap((concept) => (concept.aliases ?? []).map((id): [string, string] => [id, concept.id]));
  return new Map([...former, ...concepts.map(({ id }): [string, string] => [id, id])]);
}

/** Concepts of which a question was answered rightly after it had been scheduled before. */
function answeredAgain(bank: readonly QuizItem[], cards: MasteryInput['cards']): ReadonlySet<string> {
  return new Set(
    bank.flatMap(({ id, retired, concepts }) => {
      const known = retired ? undefined : cards.get(id);
      const isRight = known?.card.phase === 'review' && known.card.reps >= 2 && known.lastResult === 'correct';
      return isRight ? concepts : [];
    }),
  );
}

function teachingTasks(
  { curriculum, progress }: MasteryInput,
  present: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly TeachingTask[]> {
  const byConcept = new Map<string, TeachingTask[]>();
  for (const { task } of tasksOf(curriculum)) {
    const state = taskState(progress, curriculum, task)?.status.state ?? 'open';
    if (task.retired && state !== 'done') continue;
    const entry = { id: task.id, title: task.title, state, applies: !takingIn.includes(task.kind) };
    for (const id of new Set((task.concepts ?? []).map((each) => present.get(each) ?? each))) {
      byConcept.set(id, [...(byConcept.get(id) ?? []), entry]);
    }
  }
  return byConcept;
}

/** Labs that use a concept. A pass with the solution seen before shows nothing of it. */
function applyingLabs(
  { curriculum, progress }: MasteryInput,
  present: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly AppliedLab[]> {
  const byConcept = new Map<string, AppliedLab[]>();
  for (const lab of curriculum.labs) {
    const standing = labStanding(labState(progress, curriculum, lab));
    if (lab.retired && standing !== 'passed') continue;
    const entry = { id: lab.id, title: lab.title, standing };
    for (const id of new Set(lab.concepts.map((each) => present.get(each) ?? each))) {
      byConcept.set(id, [...(byConcept.get(id) ?? []), entry]);
    }
  }
  return byConcept;
}

function coveringCriteria(
  { curriculum, progress }: MasteryInput,
  present: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly CoveringCriterion[]> {
  const byConcept = new Map<string, CoveringCriterion[]>();
  for (const { checkpoint } of curriculum.phases) {
    if (!checkpoint || checkpoint.retired) continue;
    const attempts = attemptsAt(progress, curriculum, checkpoint);
    for (const criterion of liveCriteria(checkpoint)) {
      const answer = attempts.map(({ answers }) => criterionAnswer(answers, criterion)).findLast(Boolean);
      const support = answer && findSupport(progress, curriculum, checkpoint, criterion, answer);
      const entry: CoveringCriterion = {
        checkpoint: checkpoint.id,
        criterion: criterion.id,
        question: criterion.question,
        level: answer?.level ?? null,
        pass: criterion.pass,
        reached: reachedBy(criterion, answer, support),
      };
      for (const id of new Set((criterion.covers.concepts ?? []).map((each) => present.get(each) ?? each))) {
        byConcept.set(id, [...(byConcept.get(id) ?? []), entry]);
      }
    }
  }
  return byConcept;
}

/** What the last answer to a criterion amounts to today. */
function reachedBy(
  { pass }: Criterion,
  answer: CriterionAnswer | undefined,
  support: AnswerSupport | undefined,
): CoveringCriterion['reached'] {
  if (!answer) return 'unanswered';
  if (answer.level < pass) return 'below';
  if (support?.backed) return 'explained';
  return support?.selfAttested ? 'attested' : 'below';
}

function noQuestions(concept: string): ConceptQuestions {
  return {
    concept,
    questions: 0,
    seen: 0,
    answers: 0,
    correct: 0,
    lastCorrect: 0,
    explained: 0,
    recall: null,
    weakest: null,
    due: 0,
    leeches: 0,
  };
}

/** How many concepts stand at each level. */
export function countLevels(concepts: Iterable<ConceptMastery>): Readonly<Record<MasteryLevel, number>> {
  const counts = { unseen: 0, seen: 0, practised: 0, recalled: 0, applied: 0, explained: 0 };
  for (const { level } of concepts) counts[level] += 1;
  return counts;
}
