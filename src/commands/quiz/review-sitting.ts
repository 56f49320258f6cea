import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type QuestionBank, tasksOf } from '../../core/curriculum/model.js';
import { taskState } from '../../core/progress/progress.js';
import { dueQueue, type ReviewCard } from '../../core/schedule/queue.js';
import { settingValue } from '../../core/settings/settings.js';
import { reviewedToday } from '../due-today.js';
import type { Study } from '../lookup.js';
import { answerSitting } from './answer-sitting.js';
import { buildReport } from './build-report.js';
import { planSitting } from './plan.js';
import { openSitting } from './quiz-sitting.js';
import type { QuizData } from './report.js';

export interface ReviewInput {
  readonly limit: number | undefined;
  /** Path of the answers file; `-` is standard input. */
  readonly answers: string | undefined;
  readonly restart: boolean;
}

const command = 'aisafe review';

/** A review: asked, answered from a file, or listed. */
export async function sitReview(
  context: Context,
  study: Study,
  bank: QuestionBank,
  input: ReviewInput,
): Promise<Result<QuizData>> {
  const today = context.today();
  const { plan, seed } = planSitting(context, study, {
    mode: 'review',
    topic: null,
    restart: input.restart,
    seed: undefined,
    // The queue of another day is another one.
    fits: ({ startedAt, items }) =>
      context.clock.studyDay(new Date(startedAt)) === today && items.length <= (input.limit ?? items.length),
    draw: (drawSeed) => draw(context, study, bank, input.limit, drawSeed),
  });
  const sitting = await openSitting(context, study, bank, plan);
  const report = { sitting, seed, topic: null };
  if (sitting.instances.length === 0) {
    const data = buildReport(context, study, { ...report, answeredBy: 'nobody' });
    return { data, outcome: 'negative', hints: ['For something new: aisafe quiz'] };
  }
  const answeredBy = await answerSitting(context, study, { sitting, answers: input.answers, title: 'Review', command });
  const data = buildReport(context, study, { ...report, answeredBy });
  const hints = answeredBy === 'nobody' || data.finished ? [] : [`To carry on: ${command}`];
  return { data, hints };
}

function draw(
  context: Context,
  study: Study,
  bank: QuestionBank,
  limit: number | undefined,
  seed: string,
): readonly string[] {
  const { curriculum, store, progress } = study;
  const caps = {
    new: Number(settingValue(progress.setting, 'review-new-per-day')),
    due: Number(settingValue(progress.setting, 'review-due-per-day')),
  };
  const { cards: known, later } = store.cardsUntil(curriculum.id, context.today());
  const studied = studiedConcepts(study);
  const cards = bank.outlines.flatMap((question): readonly ReviewCard<typeof question>[] => {
    if (later.has(question.id)) return [];
    const card = known.get(question.id);
    const isNew = card?.card.phase !== 'review';
    if (isNew && !question.concepts.every((concept) => studied.has(concept))) return [];
    return [{ question, progress: card, revision: bank.revisions[question.id] }];
  });
  const done = reviewedToday(context, study);
  const queue = dueQueue(cards, { day: context.today(), caps, done, limit, seed });
  return queue.cards.map(({ question }) => question.id);
}

/** Concepts of tasks that are done: what was read is kept by being asked about. */
function studiedConcepts({ curriculum, progress }: Study): ReadonlySet<string> {
  const concepts = new Set<string>();
  for (const { task } of tasksOf(curriculum)) {
    if (taskState(progress, curriculum, task)?.status.state !== 'done') continue;
    for (const concept of task.concepts ?? []) concepts.add(concept);
  }
  return concepts;
}
