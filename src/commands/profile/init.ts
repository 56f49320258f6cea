import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { tasksOf } from '../../core/curriculum/model.js';
import {
  type BackgroundEstimate,
  backgroundEstimate,
  placementEvents,
  placementPhase,
} from '../../core/placement/placement.js';
import type { Background, NewEvent } from '../../core/progress/event.js';
import { focusTrack, taskState } from '../../core/progress/progress.js';
import { phaseFigures } from '../../core/progress/statistics.js';
import { subject } from '../../core/progress/subject.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { askInit } from './ask-init.js';
import { tasksToWaive } from './tasks-to-waive.js';

export interface InitInput {
  readonly background: Background | undefined;
  readonly hours: number | undefined;
  readonly track: string | undefined;
  readonly waive: readonly string[];
  /** False with --no-focus. */
  readonly focus: boolean;
  /** False with --no-placement. */
  readonly placement: boolean;
}

export interface InitData {
  readonly background: Background | null;
  readonly hoursPerWeek: number | null;
  readonly track: { readonly id: string; readonly title: string } | null;
  /** Tasks that count as known already. */
  readonly waived: readonly { readonly id: string; readonly title: string }[];
  /** The tasks whose estimate the background decides, in the phase of the basics. */
  readonly backgroundEstimate:
    | (BackgroundEstimate & { readonly phase: string; readonly used: 'refresher' | 'fromScratch' })
    | null;
  readonly forecast: {
    readonly phases: readonly PhaseForecast[];
    readonly minutes: number;
    readonly weeks: number | null;
  };
}

export interface PhaseForecast {
  readonly id: string;
  readonly title: string;
  /** Still ahead: middle of the estimates at the learner's pace; optional tasks left out. */
  readonly minutes: number;
  /** At the learner's hours a week, to one decimal; null when those are not known. */
  readonly weeks: number | null;
}

const flags = '--background stem|other, --hours N, --track ID, --waive ID, --no-focus, --no-placement';

export async function init(context: Context, input: InitInput): Promise<Result<InitData>> {
  const study = await openStudy(context);
  const given = eventsForFlags(study, input);
  const hasFlags = given.length > 0 || !input.focus || !input.placement || hasValues(input);
  if (!context.interactive && !hasFlags) await context.prompter(flags);
  if (given.length > 0) study.store.append(given);
  if (context.interactive) {
    const questions = {
      background: input.background === undefined,
      hours: input.hours === undefined,
      focus: input.focus && input.track === undefined,
      placement: input.placement && input.waive.length === 0,
    };
    await askInit(context, study, questions, flags);
  }
  return { data: describe(study), hints: ['The next task: aisafe next'] };
}

function hasValues({ background, hours, track, waive }: InitInput): boolean {
  return background !== undefined || hours !== undefined || track !== undefined || waive.length > 0;
}

/** What the options change, as one action; nothing is written when one of them is wrong. */
function eventsForFlags(study: Study, { background, hours, track, waive }: InitInput): readonly NewEvent[] {
  const { curriculum, progress } = study;
  const { profile } = progress;
  const events: NewEvent[] = [];
  const newBackground = background !== undefined && background !== profile?.background;
  const newHours = hours !== undefined && hours !== profile?.hoursPerWeek;
  if (newBackground || newHours) {
    const data = { ...(newBackground ? { background } : {}), ...(newHours ? { hoursPerWeek: hours } : {}) };
    events.push({ kind: 'profile.set', subject: subject.profile, data });
  }
  if (track !== undefined) {
    const { id } = findItem(study, track, 'aisafe init --track', ['track']);
    const before = progress.focus.get(curriculum.id);
    const { answers } = before ?? {};
    if (before?.track !== id) {
      events.push({
        kind: 'focus.set',
        subject: subject.focus(curriculum.id),
        data: { track: id, ...(answers ? { answers } : {}) },
      });
    }
  }
  const known = tasksToWaive(study, waive);
  events.push(...placementEvents(curriculum, { tasks: known, waived: [] }, known));
  return events;
}

function describe(study: Study): InitData {
  const { curriculum, items, store } = study;
  const progress = store.progress();
  const { profile } = progress;
  const track = focusTrack(progress, curriculum);
  const item = track === undefined ? undefined : items.get(track);
  const phase = placementPhase(curriculum);
  const estimate = phase && backgroundEstimate(phase, track);
  const hoursPerWeek = profile?.hoursPerWeek;
  const weeksFor = (minutes: number) => (hoursPerWeek ? Math.round((minutes / 60 / hoursPerWeek) * 10) / 10 : null);
  const phases = phaseFigures(curriculum, progress, track).map(({ id, title, ahead }) => ({
    id,
    title,
    minutes: Math.round(ahead),
    weeks: weeksFor(ahead),
  }));
  const minutes = phases.reduce((sum, each) => sum + each.minutes, 0);
  const waived = [...tasksOf(curriculum)].filter(
    ({ task }) => taskState(progress, curriculum, task)?.status.state === 'waived',
  );
  return {
    background: profile?.background ?? null,
    hoursPerWeek: hoursPerWeek ?? null,
    track: track === undefined ? null : { id: track, title: item?.kind === 'track' ? item.track.title : track },
    waived: waived.map(({ task }) => ({ id: task.id, title: task.title })),
    backgroundEstimate:
      phase && estimate
        ? { ...estimate, phase: phase.title, used: profile?.background === 'other' ? 'fromScratch' : 'refresher' }
        : null,
    forecast: { phases, minutes, weeks: weeksFor(minutes) },
  };
}
