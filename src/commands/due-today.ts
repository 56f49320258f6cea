/** What a review would ask today, from the indices alone: cheap enough for every call. */
import type { Context } from '../context.js';
import { countReviewed, type DailyCount } from '../core/schedule/queue.js';
import { readReviewSettings } from '../core/settings/review-settings.js';
import type { Study } from './lookup.js';

/** What was reviewed today and counts against the day's limits already. */
export function reviewedToday(
  context: Context,
  { curriculum, store }: Pick<Study, 'curriculum' | 'store'>,
): DailyCount {
  // A study day has begun within the last two days in every time zone.
  const since = new Date(context.clock.now().getTime() - 2 * 86_400_000).toISOString();
  return countReviewed(store.answers({ curriculum: curriculum.id, since }), context.today());
}

/** How many questions are due today within the day's limit; flagged ones are not asked and do not count. */
export function dueToday(context: Context, study: Pick<Study, 'curriculum' | 'store' | 'progress'>): number {
  const { curriculum, store, progress } = study;
  const today = context.today();
  const { duePerDay } = readReviewSettings(progress.setting);
  const due = store.dueCards(curriculum.id, today, duePerDay);
  if (due.size === 0) return 0;
  const askable = [...due.values()].filter(({ flagged }) => flagged === null).length;
  return Math.min(askable, Math.max(0, duePerDay - reviewedToday(context, study).due));
}
