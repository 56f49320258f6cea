/** What the settings and the store say about scheduling, for one answer. */
import type { Context } from '../../context.js';
import type { CardState, Rating, SchedulingRecord } from '../../core/schedule/card.js';
import { defaultParameters } from '../../core/schedule/parameters.js';
import type { Grades } from '../../core/schedule/rating.js';
import { previewIntervals, type ScheduleOptions, schedule } from '../../core/schedule/schedule.js';
import { settingValue } from '../../core/settings/settings.js';
import { addDays } from '../../core/time/calendar.js';
import type { Study } from '../lookup.js';

export interface Scheduling {
  readonly grades: Grades;
  /** What the rating does to the card. */
  schedule(question: string, rating: Rating): SchedulingRecord;
  /** Days until the question would come back, by rating. */
  preview(question: string, ratings: readonly Rating[]): ReadonlyMap<Rating, number>;
}

/** Further ahead the load is not evened out. */
const loadDays = 400;

export function createScheduling(context: Context, { curriculum, store, progress }: Study): Scheduling {
  const stateOf = (question: string): CardState => store.card(curriculum.id, question)?.card ?? { phase: 'new' };
  const optionsFor = (question: string): ScheduleOptions => {
    const now = context.clock.now();
    const day = context.today();
    const state = stateOf(question);
    const load = store.dueCounts(curriculum.id, addDays(day, 1), addDays(day, loadDays));
    return {
      now,
      day,
      retention: Number(settingValue(progress.setting, 'desired-retention')),
      parameters: defaultParameters,
      fuzzSeed: `${question}/${state.phase === 'new' ? 0 : state.reps}`,
      dueOn: (each) => load.get(each) ?? 0,
    };
  };
  return {
    grades: settingValue(progress.setting, 'grades') === 'four' ? 'four' : 'pass-fail',
    schedule: (question, rating) => schedule(stateOf(question), rating, optionsFor(question)),
    preview: (question, ratings) => previewIntervals(stateOf(question), ratings, optionsFor(question)),
  };
}
