import type { Context } from '../../context.js';
import { calibrate } from '../../core/quiz/calibration.js';
import { addDays } from '../../core/time/calendar.js';
import { dueToday } from '../due-today.js';
import type { Study } from '../lookup.js';
import { describeQuestion } from './describe-question.js';
import type { QuizSitting } from './quiz-sitting.js';
import { type PlacementData, type QuizData, summarise } from './report.js';

export interface ReportRequest {
  readonly sitting: QuizSitting;
  readonly seed: string;
  readonly topic: QuizData['topic'];
  readonly answeredBy: QuizData['answeredBy'];
  readonly placement?: PlacementData;
}

/** What a sitting comes to, from what is saved. */
export function buildReport(context: Context, study: Study, request: ReportRequest): QuizData {
  const { sitting, seed, topic, answeredBy, placement = null } = request;
  const { curriculum, store } = study;
  const { plan, instances } = sitting;
  const answers = sitting.answers();
  const questions = instances.map((instance) => describeQuestion(study, instance, answers.get(instance.question.id)));
  const nameOf = (id: string) => {
    const item = study.items.get(id);
    return item?.kind === 'concept' ? item.concept.name : id;
  };
  const { n, brier, verdict } = calibrate(store.confidences(curriculum.id));
  return {
    mode: plan.mode,
    topic,
    sitting: answers.size > 0 ? plan.id : null,
    seed,
    resumed: plan.resumed,
    answeredBy,
    finished: instances.length > 0 && sitting.next() === undefined,
    questions,
    summary: summarise(questions, nameOf),
    calibration: { n, brier, verdict },
    due: dueAhead(context, study),
    placement,
  };
}

/** Further ahead nothing is looked for. */
const horizonDays = 400;

function dueAhead(context: Context, study: Study): QuizData['due'] {
  const { curriculum, store } = study;
  const today = context.today();
  const [next] = store.dueCounts(curriculum.id, addDays(today, 1), addDays(today, horizonDays));
  return { today: dueToday(context, study), next: next ? { day: next[0], questions: next[1] } : null };
}
