/** What a run leaves behind: the attempt, and after a pass the source, the evidence and what it proves. */
import type { Context } from '../../context.js';
import { idsOf, type TaskItem, tasksOf } from '../../core/curriculum/model.js';
import { firstRed, type LabRun } from '../../core/lab/lab-run.js';
import { scorePredictions } from '../../core/lab/score-prediction.js';
import { isProvedBy } from '../../core/lab/summarise-lab.js';
import type { LabReference, NewEvent } from '../../core/progress/event.js';
import type { ScoredPrediction } from '../../core/progress/lab-event.js';
import { isAided } from '../../core/progress/lab-state.js';
import { isSettled, qualify, taskState } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { settingValue } from '../../core/settings/settings.js';
import { hashOf, labVersion } from '../../labs/package-hash.js';
import { newId } from '../../platform/new-id.js';
import type { LabPlace } from './place.js';

/** Larger work is graded all the same and not kept. */
const longestSource = 150_000;

type LearnerFiles = readonly { readonly name: string; readonly text: string }[];

/** A task of the lab and what the pass means for it. */
export interface ProvedTask {
  readonly id: string;
  readonly title: string;
  /** `ready`: nothing is left to do for it; `part`: the lab is one part of it. */
  readonly state: 'ticked' | 'ready' | 'part' | 'done';
}

export interface RecordedRun {
  /** The solution had been seen before this pass. */
  readonly assisted: boolean;
  readonly version: string;
  readonly scores: readonly ScoredPrediction[];
  readonly tasks: readonly ProvedTask[];
  /** Ids of criteria that name the lab. */
  readonly criteria: readonly string[];
}

/** Saves a run in one action. */
export function recordRun(context: Context, place: LabPlace, run: LabRun, files: LearnerFiles): RecordedRun {
  const version = labVersion(place.package);
  const sha = hashOf(files.map(({ name, text }) => [name, text] as const));
  const about = { subject: place.subject, revision: place.revision };
  const isPass = run.verdict === 'passed' && run.fullRun;
  const assisted = isPass && isAided(place.state, context.today());
  const scores = isPass ? scorePredictions(place.lab.predict ?? [], place.state?.predictions ?? {}, run.metrics) : [];
  const events: NewEvent[] = [
    {
      kind: 'lab.checked',
      ...about,
      data: {
        seed: run.seed,
        fullRun: run.fullRun,
        passed: isPass,
        ms: Math.round(run.ms),
        python: run.python?.version ?? '',
        numpy: run.python?.numpy ?? '',
        labVersion: version,
        sourceSha: sha,
        checks: run.checks.map(({ id, status }) => ({ id, status })),
        metrics: run.metrics.map(({ check, name, value }) => ({ check, name, value })),
        topic: firstRed(run)?.hint ?? null,
      },
    },
  ];
  const { tasks, criteria } = isPass ? provedItems(place, assisted) : { tasks: [], criteria: [] };
  if (isPass) {
    const size = files.reduce((sum, { text }) => sum + text.length, 0);
    if (size <= longestSource && !place.state?.submissions.includes(sha)) {
      events.push({ kind: 'lab.submitted', ...about, data: { sha, files: [...files] } });
    }
    if (scores.length > 0) events.push({ kind: 'lab.predictions-scored', ...about, data: { scores } });
    const reference: LabReference = {
      type: 'lab',
      curriculum: place.study.curriculum.id,
      lab: place.lab.id,
      version,
      seed: run.seed,
      sha256: sha,
      assisted,
    };
    events.push(...evidenceEvents(context, place, reference, [...tasks.map(({ id }) => id), ...criteria]));
    events.push(...ticks(place, tasks));
  }
  place.study.store.append(events);
  return { assisted, version, scores, tasks, criteria };
}

/** What points at the lab in the curriculum. */
function provedItems({ study, lab }: LabPlace, assisted: boolean) {
  const { curriculum, progress } = study;
  const ids = idsOf(lab);
  const autoTick = settingValue(progress.setting, 'auto-tick') === 'on';
  const stateOf = ({ task }: TaskItem): ProvedTask['state'] => {
    if (isSettled(taskState(progress, curriculum, task))) return 'done';
    if (!isProvedBy(task, lab) || assisted) return 'part';
    return autoTick ? 'ticked' : 'ready';
  };
  const tasks = [...tasksOf(curriculum)]
    .filter(({ task }) => !task.retired && task.lab !== undefined && ids.includes(task.lab))
    .map((item): ProvedTask => ({ id: item.id, title: item.task.title, state: stateOf(item) }));
  const criteria = curriculum.phases.flatMap(({ checkpoint }) =>
    (checkpoint?.criteria ?? [])
      .filter(({ retired, evidence }) => !retired && ids.some((id) => evidence?.includes(`lab:${id}`)))
      .map(({ id }) => `${checkpoint?.id}/${id}`),
  );
  return { tasks, criteria };
}

/** One piece of evidence a lab: an unaided pass takes the place of an assisted one, and nothing that of an unaided one. */
function evidenceEvents(
  context: Context,
  { study }: LabPlace,
  reference: LabReference,
  ids: readonly string[],
): readonly NewEvent[] {
  const { curriculum, progress } = study;
  const earlier = [...progress.evidence.values()].filter(
    (each) =>
      each.reference.type === 'lab' &&
      each.reference.curriculum === reference.curriculum &&
      each.reference.lab === reference.lab,
  );
  const isReplaced = (each: (typeof earlier)[number]) =>
    each.reference.type === 'lab' && each.reference.assisted && !reference.assisted;
  if (earlier.some((each) => !isReplaced(each))) return [];
  const id = newId(context.random, (each) => progress.evidence.has(each));
  return [
    ...earlier.map((each): NewEvent => ({ kind: 'evidence.removed', subject: subject.evidence(each.id), data: {} })),
    {
      kind: 'evidence.added',
      subject: subject.evidence(id),
      data: { items: ids.map((each) => qualify(curriculum, each)), reference },
    },
  ];
}

function ticks({ study }: LabPlace, tasks: readonly ProvedTask[]): readonly NewEvent[] {
  const { curriculum } = study;
  return tasks
    .filter(({ state }) => state === 'ticked')
    .map(({ id }) => ({
      kind: 'task.done',
      subject: subject.task(curriculum.id, id),
      revision: curriculum.revisions[id] ?? null,
      data: {},
    }));
}
