import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { upcomingDeadlines } from '../../core/planning/deadlines.js';
import { lastActivity } from '../../core/planning/welcome-back.js';
import { focusTrack } from '../../core/progress/progress.js';
import { type PhaseFigures, phaseFigures } from '../../core/progress/statistics.js';
import { openStudy, type Study } from '../lookup.js';
import { type NextData, next } from '../next/next.js';
import { remember } from '../remember.js';

export interface OverviewData {
  /** Nothing has been recorded yet. */
  readonly firstRun: boolean;
  readonly title: string;
  readonly phases: readonly Pick<PhaseFigures, 'id' | 'title' | 'share' | 'settled' | 'total'>[];
  readonly next: NextData;
  /** Applications that close within the next weeks, soonest first. */
  readonly deadlines: readonly {
    readonly id: string;
    readonly title: string;
    readonly closes: string;
    readonly days: number;
  }[];
}

export async function overview(context: Context): Promise<Result<OverviewData>> {
  const study = await openStudy(context);
  const { curriculum, store } = study;
  const nextInput = { minutes: undefined, limit: 1, why: false, kind: undefined, track: undefined, phase: undefined };
  const { data } = await next(context, nextInput);
  const about = await remember(context, { curriculum, store, name: 'overview', input: {} }, () =>
    summarise(context, study),
  );
  return { data: { ...about, next: data } };
}

function summarise(context: Context, { curriculum, progress, store }: Study): Omit<OverviewData, 'next'> {
  const track = focusTrack(progress, curriculum);
  return {
    firstRun:
      lastActivity(progress) === undefined &&
      progress.profile === undefined &&
      progress.focus.size === 0 &&
      !store.hasCards(curriculum.id),
    title: curriculum.title,
    phases: phaseFigures(curriculum, progress, track).map(({ id, title, share, settled, total }) => ({
      id,
      title,
      share,
      settled,
      total,
    })),
    deadlines: upcomingDeadlines(curriculum.programs, track, context.today())
      .slice(0, 3)
      .map(({ program, closes, days }) => ({ id: program.id, title: program.title, closes, days })),
  };
}
