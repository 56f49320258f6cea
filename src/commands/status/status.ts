import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { attemptsAt } from '../../core/assessment/attempts.js';
import { assessRecall, questionsOn, type RecallReadiness } from '../../core/assessment/drawn-questions.js';
import { type Phase, type QuestionBank, servesTrack, tasksOf } from '../../core/curriculum/model.js';
import { type LabPassSummary, summarisePass } from '../../core/lab/summarise-lab.js';
import { learnerPace } from '../../core/planning/estimate.js';
import { type EventKind, isKnownEvent } from '../../core/progress/event.js';
import { type LabStanding, labStanding } from '../../core/progress/lab-state.js';
import { focusTrack, labState, taskState } from '../../core/progress/progress.js';
import { type PhaseFigures, phaseFigures } from '../../core/progress/statistics.js';
import { calibrate } from '../../core/quiz/calibration.js';
import { countLevels } from '../../core/quiz/mastery.js';
import type { MasteryLevel } from '../../core/quiz/mastery-levels.js';
import type { Store } from '../../store/store.js';
import { readMastery } from '../concepts/read-mastery.js';
import { dueToday } from '../due-today.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import type { CalibrationData } from '../quiz/report.js';
import { readBankIfSound } from '../read-bank.js';
import { remember } from '../remember.js';

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
    /** Where questions are drawn: estimated recall today over those of the phase, 0 to 1; null when none is scheduled. */
    readonly recall: number | null;
    /** It was ready when it was finished, and estimated recall has fallen below its bar since. */
    readonly faded: boolean;
  }[];
  readonly started: readonly { readonly id: string; readonly title: string; readonly lastAt: string }[];
  readonly labs: {
    readonly passed: number;
    /** Passed with the solution seen before, and not again since. */
    readonly assisted: number;
    readonly total: number;
    /** Begun and not passed, the last one first. */
    readonly started: readonly { readonly id: string; readonly title: string; readonly lastAt: string }[];
    /** Passed and predicted before: how many predictions were right. */
    readonly predictions: { readonly right: number; readonly scored: number };
    readonly results: readonly (LabPassSummary & { readonly id: string; readonly title: string })[];
  };
  readonly questions: {
    /** Due for review today, within the day's limit. */
    readonly due: number;
    /** How sure the learner was against what came out; no verdict below 30 answers. */
    readonly calibration: CalibrationData;
    /** Concepts by level and how many do not hold; null before the first answer, and when the questions cannot be read. */
    readonly concepts: {
      readonly levels: Readonly<Record<MasteryLevel, number>>;
      readonly weak: number;
    } | null;
  };
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
  const { curriculum, store } = study;
  const hasAnswers = store.hasCards(curriculum.id);
  const bank = hasAnswers ? await readBankIfSound(context) : undefined;
  const standing = await remember(context, { curriculum, store, bank, name: 'status', input: { phase } }, () =>
    describeStanding(context, study, bank, phase),
  );
  const { lately, ...data } = standing;
  return { data: { ...data, week: lastWeek(store, lately, weekAgo(context)) } };
}

/** What `status` says, but for the last seven days, which end now. */
interface Standing extends Omit<StatusData, 'week'> {
  /** Tasks done in the last seven days or a little before. */
  readonly lately: readonly DoneTask[];
}

interface DoneTask {
  readonly id: string;
  readonly title: string;
  readonly at: string;
}

function weekAgo(context: Context): string {
  return new Date(context.clock.now().getTime() - 7 * 86_400_000).toISOString();
}

function describeStanding(
  context: Context,
  study: Study,
  bank: QuestionBank | undefined,
  phase: string | undefined,
): Standing {
  const { curriculum, progress } = study;
  const only = phase === undefined ? undefined : findItem(study, phase, 'aisafe status', ['phase']).id;
  const track = focusTrack(progress, curriculum);
  const phases = phaseFigures(curriculum, progress, track).filter(({ id }) => only === undefined || id === only);
  const ahead = phases.reduce((sum, each) => sum + each.ahead, 0);
  const { pace, tasks: paceTasks } = learnerPace(curriculum, progress);
  const hoursPerWeek = progress.profile?.hoursPerWeek ?? null;
  return {
    curriculum: { id: curriculum.id, title: curriculum.title, version: curriculum.version },
    track:
      track === undefined
        ? null
        : { id: track, title: curriculum.tracks?.find(({ id }) => id === track)?.title ?? track },
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
    checkpoints: checkpointsOf(context, study, only, bank),
    started: startedTasks(study, only),
    labs: labFigures(study, only, track),
    questions: questionFigures(context, study, bank),
    lately: doneSince(study, weekAgo(context)),
  };
}

function labFigures({ curriculum, progress }: Study, only: string | undefined, track: string | undefined) {
  const labs = curriculum.labs.flatMap((lab) => {
    const state = labState(progress, curriculum, lab);
    const isCounted = (!lab.retired && servesTrack(lab.tracks, track)) || state?.passed != null;
    return isCounted && (only === undefined || lab.phase === only) ? [{ lab, state }] : [];
  });
  const standing = (wanted: LabStanding) => labs.filter(({ state }) => labStanding(state) === wanted);
  const scored = labs.flatMap(({ state }) =>
    Object.values(state?.predictions ?? {}).flatMap((each) => each.scored ?? []),
  );
  return {
    passed: standing('passed').length,
    assisted: standing('assisted').length,
    total: labs.length,
    started: standing('started')
      .map(({ lab, state }) => ({ id: lab.id, title: lab.title, lastAt: state?.lastAt ?? '' }))
      .sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1)),
    predictions: { right: scored.filter(({ right }) => right).length, scored: scored.length },
    results: labs.flatMap(({ lab, state }) => {
      const pass = summarisePass(state);
      return pass ? [{ id: lab.id, title: lab.title, ...pass }] : [];
    }),
  };
}

function questionFigures(context: Context, study: Study, bank: QuestionBank | undefined): StatusData['questions'] {
  const { n, brier, verdict } = calibrate(study.store.confidences(study.curriculum.id));
  const mastery = bank && [...readMastery(context, study, bank).values()];
  return {
    due: dueToday(context, study),
    calibration: { n, brier, verdict },
    concepts: mastery ? { levels: countLevels(mastery), weak: mastery.filter(({ isWeak }) => isWeak).length } : null,
  };
}

/** Estimated recall today where a checkpoint draws questions. */
function recallOf(
  context: Context,
  { curriculum, store }: Study,
  phase: Phase,
  bank: QuestionBank | undefined,
): RecallReadiness | undefined {
  const { quiz } = phase.checkpoint ?? {};
  if (!quiz || !bank) return undefined;
  const questions = questionsOn(phase, curriculum, bank.outlines);
  return assessRecall(quiz, questions, store.cards(curriculum.id), context.today());
}

function checkpointsOf(
  context: Context,
  study: Study,
  only: string | undefined,
  bank: QuestionBank | undefined,
): StatusData['checkpoints'] {
  const { curriculum, progress } = study;
  return curriculum.phases.flatMap((phase) => {
    const { id, title, checkpoint } = phase;
    if (!checkpoint || (only !== undefined && id !== only)) return [];
    const attempts = attemptsAt(progress, curriculum, checkpoint);
    const last = attempts.at(-1);
    const finished = attempts.filter((attempt) => attempt.finishedAt !== undefined).at(-1);
    const state = finished ? (finished.ready ? 'ready' : 'not-ready') : last ? 'begun' : 'not-begun';
    const recall = recallOf(context, study, phase, bank);
    return [
      {
        id: checkpoint.id,
        phase: id,
        phaseTitle: title,
        title: checkpoint.title,
        state,
        at: finished?.finishedAt ?? last?.startedAt ?? null,
        recall: recall?.share ?? null,
        faded: state === 'ready' && recall?.ready === false,
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

function doneSince({ curriculum, progress }: Study, since: string): readonly DoneTask[] {
  return [...tasksOf(curriculum)].flatMap(({ task }) => {
    const status = taskState(progress, curriculum, task)?.status;
    return status?.state === 'done' && status.at >= since ? [{ id: task.id, title: task.title, at: status.at }] : [];
  });
}

function lastWeek(store: Store, lately: readonly DoneTask[], since: string): StatusData['week'] {
  let minutes = 0;
  for (const event of store.events({ since, effective: true, kind: 'time.logged' })) {
    if (isKnownEvent(event) && event.kind === 'time.logged') minutes += event.data.minutes;
  }
  const count = (kind: EventKind) => [...store.events({ since, effective: true, kind })].length;
  return {
    minutes,
    steps: count('step.done'),
    evidence: count('evidence.added'),
    done: lately.filter(({ at }) => at >= since).map(({ id, title }) => ({ id, title })),
  };
}
