/** One sitting being answered: what is saved so far, and saving the next answer. */
import type { Context } from '../../context.js';
import type { QuestionBank } from '../../core/curriculum/model.js';
import type { NewEvent, SittingItem, SittingMode, StoredEvent } from '../../core/progress/event.js';
import { subject } from '../../core/progress/subject.js';
import type { Answer, QuestionInstance } from '../../core/quiz/answer.js';
import { drawQuestion } from '../../core/quiz/draw.js';
import { gradeAnswer } from '../../core/quiz/grade.js';
import type { RecordedAnswer } from '../../core/quiz/recorded-answer.js';
import { prepareRegex } from '../../core/quiz/regex.js';
import { advance, nextItem, resumeSitting, type Sitting, takeBackAnswer } from '../../core/quiz/sitting.js';
import type { Rating } from '../../core/schedule/card.js';
import { ratingOf } from '../../core/schedule/rating.js';
import type { Study } from '../lookup.js';
import { createScheduling, type Scheduling } from './scheduling.js';

/** A sitting as it was drawn or found. */
export interface SittingPlan {
  readonly id: string;
  readonly mode: SittingMode;
  readonly topic: string | null;
  readonly items: readonly SittingItem[];
  readonly startedAt: string;
  readonly resumed: boolean;
  /** Unfinished sittings that this one takes the place of: its first answer ends them. */
  readonly replaces: readonly string[];
}

export interface GivenAnswer {
  readonly answer: Answer;
  /** 0.5 to 1. */
  readonly confidence: number | null;
  /** Milliseconds from showing the question to the answer; null when nobody waited. */
  readonly ms: number | null;
  /** The learner's own judgement; undefined: the result decides. */
  readonly rating?: Rating | undefined;
}

export interface QuizSitting {
  readonly plan: SittingPlan;
  /** To be awaited before an answer is saved. */
  prepare(): Promise<void>;
  readonly scheduling: Scheduling;
  /** In the order of asking; questions that the curriculum no longer has are left out. */
  readonly instances: readonly QuestionInstance[];
  /** What to ask now; undefined when all is answered. */
  next(): QuestionInstance | undefined;
  /** The newest answer to each question of the sitting, by its id. */
  answers(): ReadonlyMap<string, RecordedAnswer>;
  /** Saves an answer as one action; the first begins the sitting, the last ends it (but for a placement). */
  save(instance: QuestionInstance, given: GivenAnswer): void;
  /** Takes back the last answer with what was flagged or dropped since; false when other things were saved since. */
  takeBack(): boolean;
  flag(instance: QuestionInstance, note: string): void;
  /** Takes a question that is forgotten again and again out of review. */
  drop(instance: QuestionInstance): void;
  /** Was the question edited since the last answer so that it asks for something else? */
  hasNewMeaning(instance: QuestionInstance): boolean;
  /** Forgets the schedule of such a question. */
  beginAnew(instance: QuestionInstance): void;
  /** Ends a placement, with what follows from it, as one action. */
  finish(events: readonly NewEvent[]): void;
}

export async function openSitting(
  context: Context,
  study: Study,
  bank: QuestionBank,
  plan: SittingPlan,
): Promise<QuizSitting> {
  const { curriculum, store } = study;
  const drawn = new Map<string, QuestionInstance>();
  for (const { question: id, seed } of plan.items) {
    const question = bank.find(id);
    if (question && !question.retired) drawn.set(id, drawQuestion(question, seed));
  }
  const instances = [...drawn.values()];
  // A list that nobody answers is not graded, and the engine takes as long to load as everything else here.
  if (plan.resumed) await prepareRegex(instances.map(({ question }) => question));
  const scheduling = createScheduling(context, study);
  const recorded = () => store.answers({ sitting: plan.id });
  let state: Sitting = resumeSitting(plan.items, plan.resumed ? recorded() : [], (id) => drawn.has(id));

  const itemOf = (instance: QuestionInstance) => [...drawn].find(([, each]) => each === instance)?.[0] ?? '';
  const about = ({ question }: QuestionInstance) => ({
    subject: subject.card(curriculum.id, question.id),
    revision: bank.revisions[question.id] ?? null,
  });
  const aside = (instance: QuestionInstance, note: string, event: NewEvent) => {
    const action = actionOf(store.append([event]));
    state = advance(state, { type: 'flagged', question: itemOf(instance), note, action });
  };
  const finished = endOf(plan.id);
  const started = (): readonly NewEvent[] => {
    // An answer and the beginning that it brought are one action, so they are there or gone together.
    if (state.moves.some(({ type }) => type === 'answered')) return [];
    const { mode, topic, items, startedAt } = plan;
    const data = { mode, curriculum: curriculum.id, topic, items, startedAt };
    return [...plan.replaces.map(endOf), { kind: 'sitting.started', subject: subject.sitting(plan.id), data }];
  };

  return {
    plan,
    prepare: () => prepareRegex(instances.map(({ question }) => question)),
    scheduling,
    instances,
    next: () => drawn.get(nextItem(state)?.question ?? ''),
    answers: () =>
      new Map([...recorded()].map((answer) => [bank.find(answer.question)?.id ?? answer.question, answer])),
    save: (instance, { answer, confidence, ms, rating }) => {
      const { question, seed } = instance;
      const { result, score } = gradeAnswer(instance, answer);
      const deserved = plan.mode === 'placement' ? undefined : (rating ?? ratingOf(result, scheduling.grades));
      const record = deserved === undefined ? null : scheduling.schedule(question.id, deserved);
      const { mode, id: sitting } = plan;
      const { concepts } = question;
      const data = { sitting, mode, seed, answer, result, score, confidence, ms, concepts, scheduling: record };
      const move = { type: 'answered', question: itemOf(instance), result, score, confidence } as const;
      const isLast = nextItem(advance(state, { ...move, action: '' })) === undefined;
      const stored = store.append([
        ...started(),
        { kind: 'question.answered', ...about(instance), data },
        ...(isLast && mode !== 'placement' ? [finished] : []),
      ]);
      state = advance(state, { ...move, action: actionOf(stored) });
    },
    takeBack: () => {
      const { sitting, undone } = takeBackAnswer(state);
      const newest = store.actions(undone.length);
      if (undone.length === 0 || undone.some(({ action }, index) => newest[index]?.id !== action)) return false;
      store.undo(undone.length);
      state = sitting;
      return true;
    },
    flag: (instance, note) => aside(instance, note, { kind: 'question.flagged', ...about(instance), data: { note } }),
    drop: (instance) => aside(instance, '', { kind: 'card.suspended', ...about(instance), data: { reason: 'leech' } }),
    hasNewMeaning: ({ question }) => {
      const known = store.card(curriculum.id, question.id);
      const isScheduled = known?.card.phase === 'review' && known.revision !== null;
      return isScheduled && question.meaning === 'changed' && known.revision !== bank.revisions[question.id];
    },
    beginAnew: (instance) =>
      aside(instance, '', { kind: 'card.reset', ...about(instance), data: { reason: 'meaning-changed' } }),
    finish: (events) => {
      store.append([finished, ...events]);
    },
  };
}

function endOf(sitting: string): NewEvent {
  return { kind: 'sitting.finished', subject: subject.sitting(sitting), data: {} };
}

function actionOf([first]: readonly StoredEvent[]): string {
  return first?.action ?? '';
}

/** Contested and speculative claims are neither right nor wrong. */
export function isGraded({ question }: QuestionInstance): boolean {
  return question.claim !== 'contested' && question.claim !== 'speculative';
}
