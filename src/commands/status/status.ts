import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { attemptsAt } from '../../core/assessment/attempts.js';
import { tasksOf } from '../../core/curriculum/model.js';
import { learnerPace } from '../../core/planning/estimate.js';
import { isKnownEvent } from '../../core/progress/event.js';
import { focusTrack, taskState } from '../../core/progress/progress.js';
import { type PhaseFigures, phaseFigures } from '../../core/progress/statistics.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface StatusInput {
  readonly phase: string | undefined;
}

export interface StatusData {
  readonly curriculum: { readonly id: string; readonly title: string; readonly version: string };
  readonly track: { readonly id: string; readonly title: string } | null;
  readonly phases: readonly PhaseFigures[];
  /** True when one phase was asked for. */
  readonly detailed: boolean;
  readonly time: {
    /** Minutes logged, all in all. */
    readonly spent: number;
    readonly ahead: number;
    readonly pace: number;
    /** Done tasks with logged time that the pace rests on. */
    readonly paceTasks: number;
    readonly hoursPerWeek: number | null;
    readonly weeksAhead: number | null;
  };
  readonly checkpoints: readonly {
    readonly id: string;
    readonly phase: string;
    readonly phaseTitle: string;
    readonly title: string;
    readonly state: 'not-begun' | 'begun' | 'ready' | 'not-ready';
    readonly at: string | null;
  }[];
  readonly started: readonly { readonly id: string; readonly title: string; readonly lastAt: string }[];
  /** The last seven days. */
  readonly week: {
    readonly minutes: number;
    readonly steps: number;
    readonly evidence: number;
    readonly done: readonly { readonly id: string; readonly title: string }[];
  };
}

export async function status(context: Context, { phase }: StatusInput): Promise<Result<StatusData>> {
  const study = await openStudy(context);
  const { curriculum, progress, items } = study;
  const only = phase === undefined ? undefined : findItem(study, phase, 'aisafe status', ['phase']).id;
  const track = focusTrack(progress, curriculum);
  const trackItem = track === undefined ? undefined : items.get(track);
  const phases = phaseFigures(curriculum, progress, track).filter(({ id }) => only === undefined || id === only);
  const ahead = phases.reduce((sum, each) => sum + each.ahead, 0);
  const { pace, tasks: paceTasks } = learnerPace(curriculum, progress);
  const hoursPerWeek = progress.profile?.hoursPerWeek ?? null;
  return {
    data: {
      curriculum: { id: curriculum.id, title: curriculum.title, version: curriculum.version },
      track:
        track === undefined ? null : { id: track, title: trackItem?.kind === 'track' ? trackItem.track.title : track },
      phases,
      detailed: only !== undefined,
      time: {
        spent: phases.reduce((sum, each) => sum + each.spent, 0),
        ahead: Math.round(ahead),
        pace: Math.round(pace * 100) / 100,
        paceTasks,
        hoursPerWeek,
        weeksAhead: hoursPerWeek === null ? null : Math.ceil(ahead / 60 / hoursPerWeek),
      },
      checkpoints: checkpointsOf(study, only),
      started: startedTasks(study, only),
      week: lastWeek(study, new Date(context.clock.now().getTime() - 7 * 86_400_000).toISOString()),
    },
  };
}

function checkpointsOf({ curriculum, progress }: Study, only: string | undefined): StatusData['checkpoints'] {
  return curriculum.phases.flatMap(({ id, title, checkpoint }) => {
    if (!checkpoint || (only !== undefined && id !== only)) return [];
    const attempts = attemptsAt(progress, curriculum, checkpoint);
    const last = attempts.at(-1);
    const finished = attempts.filter((attempt) => attempt.finishedAt !== undefined).at(-1);
    const state = finished ? (finished.ready ? 'ready' : 'not-ready') : last ? 'begun' : 'not-begun';
    return [
      {
        id: checkpoint.id,
        phase: id,
        phaseTitle: title,
        title: checkpoint.title,
        state,
        at: finished?.finishedAt ?? last?.startedAt ?? null,
      } as const,
    ];
  });
}

function startedTasks({ curriculum, progress }: Study, only: string | undefined): StatusData['started'] {
  return [...tasksOf(curriculum)]
    .flatMap(({ task, phase }) => {
      const state = taskState(progress, curriculum, task);
      const begun = state?.status.state === 'started' && (only === undefined || phase.id === only);
      return begun ? [{ id: task.id, title: task.title, lastAt: state.lastAt }] : [];
    })
    .sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
}

function lastWeek({ curriculum, progress, store }: Study, since: string): StatusData['week'] {
  let minutes = 0;
  let steps = 0;
  let evidence = 0;
  for (const event of store.events({ since, effective: true })) {
    if (!isKnownEvent(event)) continue;
    if (event.kind === 'time.logged') minutes += event.data.minutes;
    else if (event.kind === 'step.done') steps += 1;
    else if (event.kind === 'evidence.added') evidence += 1;
  }
  const done = [...tasksOf(curriculum)].flatMap(({ task }) => {
    const status = taskState(progress, curriculum, task)?.status;
    return status?.state === 'done' && status.at >= since ? [{ id: task.id, title: task.title }] : [];
  });
  return { minutes, steps, evidence, done };
}
