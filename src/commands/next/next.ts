import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { findResources, type Resource, type Task, type TaskKind } from '../../core/curriculum/model.js';
import { isProvedBy, type LabSummary, labOfTask, summariseLab } from '../../core/lab/summarise-lab.js';
import type { BlockedTask } from '../../core/planning/availability.js';
import type { MinuteRange } from '../../core/planning/estimate.js';
import { type Recommendation, recommend, shortest } from '../../core/planning/recommend.js';
import type { Term } from '../../core/planning/score.js';
import { lastActivity, type WelcomeBack, welcomeBack } from '../../core/planning/welcome-back.js';
import { labState } from '../../core/progress/progress.js';
import { mistakenConcepts, sureConfidence, sureMistakes } from '../../core/quiz/calibration.js';
import { settingValue } from '../../core/settings/settings.js';
import { dueToday } from '../due-today.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { remember } from '../remember.js';

export interface NextInput {
  readonly minutes: number | undefined;
  readonly limit: number | undefined;
  readonly why: boolean;
  readonly kind: TaskKind | undefined;
  readonly track: string | undefined;
  readonly phase: string | undefined;
}

export interface NextTask {
  readonly id: string;
  readonly title: string;
  readonly kind: TaskKind;
  readonly phase: string;
  readonly module: string;
  readonly moduleTitle: string;
  readonly state: 'open' | 'started';
  readonly why: string;
  /** Minutes still ahead at the learner's pace, low and high. */
  readonly minutes: MinuteRange;
  readonly difficulty: number;
  readonly optional: boolean;
  readonly steps: { readonly done: number; readonly total: number };
  /** The first open step; with `--minutes`, what to do when the whole task does not fit. */
  readonly step: { readonly id: string; readonly text: string; readonly minutes: number } | null;
  readonly fitsWhole: boolean;
  readonly resources: readonly { readonly id: string; readonly title: string; readonly url: string }[];
  readonly score: number;
  readonly terms: readonly Term[];
  /** The hands-on lab that goes with it. */
  readonly lab: NextLab | null;
  /** The command that begins, continues or ends it. */
  readonly command: string;
}

export interface NextLab extends Pick<LabSummary, 'id' | 'title' | 'standing' | 'minutes' | 'command'> {
  /** Is a pass all of the task? */
  readonly proves: 'full' | 'part';
}

export interface NextData {
  readonly tasks: readonly NextTask[];
  readonly track: string | null;
  /** 1: as long as estimated. */
  readonly pace: number;
  readonly minutes: number | null;
  /** Was `--why` asked for? The terms are in the data either way. */
  readonly showTerms: boolean;
  /** After a week or more away: how long, and what is worth a second look. */
  readonly welcomeBack: WelcomeBack | null;
  /** Questions due for review today, within the day's limit. */
  readonly due: number;
  /** When nothing is offered: the reason, and what would change it. */
  readonly nothing: { readonly because: string; readonly command: string } | null;
}

/** What `next` says, but for what depends on the time of the day. */
interface Plan {
  readonly data: Omit<NextData, 'welcomeBack'>;
  /** When something was recorded last, ISO 8601. */
  readonly last: string | null;
  /** What the best task builds on. */
  readonly first: Pick<Task, 'requires' | 'concepts'>;
}

export async function next(context: Context, input: NextInput): Promise<Result<NextData>> {
  const study = await openStudy(context);
  const { curriculum, progress, store } = study;
  const { data, last, first } = await remember(context, { curriculum, store, name: 'next', input }, () =>
    planNext(context, study, input),
  );
  const back = last === null ? undefined : welcomeBack(curriculum, progress, { last, now: context.clock.now() }, first);
  return { data: { ...data, welcomeBack: back ?? null }, outcome: data.tasks.length > 0 ? 'ok' : 'negative' };
}

function planNext(context: Context, study: Study, input: NextInput): Plan {
  const { curriculum, progress } = study;
  const phase =
    input.phase === undefined ? undefined : findItem(study, input.phase, 'aisafe next --phase', ['phase']).id;
  const track =
    input.track === undefined ? undefined : findItem(study, input.track, 'aisafe next --track', ['track']).id;
  const day = context.today();
  const { minutes, kind } = input;
  const mistakes = sureMistakes(study.store.sureButWrong(curriculum.id, sureConfidence));
  const sureButWrong = mistakenConcepts(mistakes);
  const found = recommend(curriculum, progress, { day, minutes, kind, track, phase, sureButWrong });
  const offered = found.fitting.slice(0, input.limit ?? Number(settingValue(progress.setting, 'next-limit')));
  const resources = findResources(
    curriculum,
    offered.flatMap(({ item }) => item.task.resources ?? []),
  );
  const tasks = offered.map((each) => describe(each, study, resources, found.pace));
  const { requires, concepts } = found.fitting[0]?.item.task ?? {};
  return {
    data: {
      tasks,
      track: found.track ?? null,
      pace: Math.round(found.pace * 100) / 100,
      minutes: minutes ?? null,
      showTerms: input.why,
      due: dueToday(context, study),
      nothing: tasks.length > 0 ? null : explainNothing(found.tooLong, found.blocked, input),
    },
    last: lastActivity(progress) ?? null,
    first: { requires, concepts },
  };
}

function describe(
  { item, available, minutes, step, wholeTaskFits, score, terms }: Recommendation,
  { curriculum, progress }: Study,
  resources: ReadonlyMap<string, Resource>,
  pace: number,
): NextTask {
  const { task, module, phase } = item;
  const total = task.steps?.length ?? 0;
  const done = (task.steps ?? []).filter((each) => available.state?.steps[each.id] !== undefined).length;
  const begun = available.state?.status.state === 'started';
  const lab = labOfTask(curriculum, task);
  const state = lab && labState(progress, curriculum, lab);
  const summary = lab && summariseLab(lab, state, pace);
  const isProved = lab !== undefined && summary?.standing === 'passed' && isProvedBy(task, lab);
  return {
    id: task.id,
    title: task.title,
    kind: task.kind,
    phase: phase.id,
    module: module.id,
    moduleTitle: module.title,
    state: begun ? 'started' : 'open',
    why: task.why,
    minutes,
    difficulty: task.difficulty,
    optional: task.optional ?? false,
    steps: { done, total },
    step: step ?? null,
    fitsWhole: wholeTaskFits,
    resources: (task.resources ?? []).flatMap((id) => {
      const resource = resources.get(id);
      return resource ? [{ id, title: resource.title, url: resource.url }] : [];
    }),
    score,
    terms,
    lab: summary
      ? {
          id: summary.id,
          title: summary.title,
          standing: summary.standing,
          minutes: summary.minutes,
          command: summary.command,
          proves: task.lab_proves ?? 'part',
        }
      : null,
    command: isProved ? `aisafe done ${task.id}` : begun ? `aisafe show ${task.id}` : `aisafe start ${task.id}`,
  };
}

function explainNothing(
  tooLong: readonly Recommendation[],
  blocked: readonly BlockedTask[],
  input: NextInput,
): { because: string; command: string } {
  const [smallest] = tooLong;
  if (smallest) {
    const needed = shortest(smallest);
    return {
      because: `Nothing fits into ${input.minutes} minutes. The shortest piece is “${smallest.item.task.title}”, about ${needed} minutes.`,
      command: `aisafe next --minutes ${needed}`,
    };
  }
  const waiting = blocked.filter(
    ({ item }) => (!input.kind || item.task.kind === input.kind) && (!input.phase || item.phase.id === input.phase),
  );
  const deferred = waiting.flatMap(({ because, item }) =>
    because.reason === 'deferred' ? [{ until: because.until, item }] : [],
  );
  const [soonest] = deferred.sort((a, b) => (a.until < b.until ? -1 : 1));
  if (soonest) {
    return {
      because: `Everything left is put off. “${soonest.item.task.title}” comes back on ${soonest.until}.`,
      command: `aisafe start ${soonest.item.id}`,
    };
  }
  const required = waiting.find(({ because }) => because.reason === 'requires');
  if (required?.because.reason === 'requires') {
    return {
      because: `What is left here waits for ${required.because.tasks.join(', ')}.`,
      command: `aisafe start ${required.because.tasks[0]}`,
    };
  }
  const skipped = waiting.find(({ because }) => because.reason === 'skipped');
  if (skipped) {
    return {
      because: `All that is left was skipped, “${skipped.item.task.title}” for one.`,
      command: `aisafe reopen ${skipped.item.id}`,
    };
  }
  if (input.kind || input.phase || input.track) return { because: 'No open task matches.', command: 'aisafe next' };
  return { because: 'Nothing is left: every task is done or waived.', command: 'aisafe status' };
}
