import { join, resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { tasksOf } from '../../core/curriculum/model.js';
import { definitions } from '../../core/lab/python-source.js';
import { type LabSummary, labOfTask, summariseLab } from '../../core/lab/summarise-lab.js';
import { learnerPace } from '../../core/planning/estimate.js';
import type { NewEvent } from '../../core/progress/event.js';
import type { PredictionAnswer } from '../../core/progress/lab-event.js';
import { labState, taskState } from '../../core/progress/progress.js';
import { fillFolder, packageText } from '../../labs/workspace.js';
import { aboutTask } from '../tasks/move.js';
import { findPlace, type LabPlace, labFolder } from './place.js';
import { askPredictions, readPredictions } from './predictions.js';

export interface StartInput {
  readonly id: string;
  readonly dir: string | undefined;
  readonly predictions: readonly string[];
  /** False with --no-predictions. */
  readonly asks: boolean;
}

export interface StartData {
  readonly lab: string;
  readonly title: string;
  readonly summary: string;
  readonly folder: string;
  /** The file to write in. */
  readonly file: string;
  readonly written: readonly string[];
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[];
  readonly functions: readonly string[];
  /** Where the first function stands; null when it is not in the starter. */
  readonly first: { readonly name: string; readonly line: number } | null;
  readonly predictions: readonly {
    readonly prediction: string;
    readonly prompt: string;
    readonly answer: PredictionAnswer;
  }[];
  /** Labs that it builds on and that are not passed yet. */
  readonly before: readonly Pick<LabSummary, 'id' | 'title' | 'standing'>[];
  readonly minutes: LabSummary['minutes'];
  readonly scenarioNote: string | null;
  readonly command: string;
}

/** Copies what the learner works with and asks what they expect. */
export async function start(context: Context, input: StartInput): Promise<Result<StartData>> {
  const place = await findPlace(context, input.id, 'aisafe lab start');
  const { lab, state, study } = place;
  const given = readPredictions(lab, input.predictions);
  const before = state?.folders[study.store.device];
  const folder =
    input.dir !== undefined ? resolve(context.cwd, input.dir) : (before ?? join(labFolder(context, study), lab.id));
  const open = (lab.predict ?? []).filter(({ id }) => !state?.predictions[id] && !given.has(id));
  const isAsked = context.interactive && input.asks && state?.passed == null;
  const asked = isAsked ? await askPredictions(context, lab, open) : new Map<string, PredictionAnswer>();
  const { written, kept } = fillFolder(place.package, folder);
  const answers = [...given, ...asked];
  const events = startEvents(place, folder, answers);
  if (events.length > 0) study.store.append(events);
  const [name] = lab.functions;
  const first = definitions(packageText(place.package, 'starter.py')).find((each) => each.name === name);
  const { minutes } = summariseLab(lab, state, learnerPace(study.curriculum, study.progress).pace);
  return {
    data: {
      lab: lab.id,
      title: lab.title,
      summary: lab.summary,
      folder,
      file: join(folder, lab.file),
      written,
      kept,
      functions: lab.functions,
      first: first ? { name: first.name, line: first.line } : null,
      predictions: (lab.predict ?? []).flatMap(({ id, prompt }) => {
        const answer = answers.find(([each]) => each === id)?.[1] ?? state?.predictions[id]?.answer;
        return answer ? [{ prediction: id, prompt, answer }] : [];
      }),
      before: unpassed(place),
      minutes,
      scenarioNote: lab.scenario_note ?? null,
      command: `aisafe lab check ${lab.id}`,
    },
  };
}

function startEvents(
  { study, state, subject, revision, lab }: LabPlace,
  folder: string,
  answers: readonly (readonly [string, PredictionAnswer])[],
): readonly NewEvent[] {
  const about = { subject, revision };
  const events: NewEvent[] = [];
  if (state?.folders[study.store.device] !== folder) events.push({ kind: 'lab.started', ...about, data: { folder } });
  for (const [prediction, answer] of answers)
    events.push({ kind: 'lab.predicted', ...about, data: { prediction, answer } });
  const { curriculum, progress } = study;
  // Whoever starts the lab of a task has begun the task.
  for (const item of tasksOf(curriculum)) {
    if (item.task.retired || labOfTask({ labs: [lab] }, item.task) === undefined) continue;
    if (taskState(progress, curriculum, item.task) === undefined)
      events.push({ kind: 'task.started', ...aboutTask(study, item), data: {} });
  }
  return events;
}

function unpassed({ study, lab }: LabPlace): StartData['before'] {
  const { curriculum, progress } = study;
  const { pace } = learnerPace(curriculum, progress);
  return curriculum.labs
    .filter(({ id }) => lab.needs_labs?.includes(id))
    .map((each) => summariseLab(each, labState(progress, curriculum, each), pace))
    .filter(({ standing }) => standing !== 'passed')
    .map(({ id, title, standing }) => ({ id, title, standing }));
}
