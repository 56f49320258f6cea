import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type Lab, servesTrack, tasksOf } from '../../core/curriculum/model.js';
import { type LabSummary, labOfTask, summariseLab } from '../../core/lab/summarise-lab.js';
import { learnerPace } from '../../core/planning/estimate.js';
import type { LabStanding } from '../../core/progress/lab-state.js';
import { focusTrack, labState } from '../../core/progress/progress.js';
import { labVersion } from '../../labs/package-hash.js';
import { findItem, openStudy } from '../lookup.js';
import { placeOf } from './place.js';

export interface ListInput {
  readonly phase: string | undefined;
  readonly track: string | undefined;
  readonly status: LabStanding | undefined;
  readonly all: boolean;
}

export interface ListedLab extends LabSummary {
  readonly phase: string;
  readonly difficulty: number;
  readonly tracks: readonly string[] | null;
  /** Tasks that it belongs to; `proves`: whether a pass is all of the task. */
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly proves: 'full' | 'part' }[];
  /** The lab has changed since it was passed: the pass stays, and running it again is a good idea. */
  readonly changedSince: boolean;
  /** Where the learner works on it on this computer. */
  readonly folder: string | null;
}

export interface ListData {
  readonly track: string | null;
  readonly labs: readonly ListedLab[];
}

/** The labs of the curriculum with where the learner stands. */
export async function list(context: Context, input: ListInput): Promise<Result<ListData>> {
  const study = await openStudy(context);
  const { curriculum, progress, store } = study;
  const named = (id: string | undefined, kind: 'phase' | 'track') =>
    id === undefined ? undefined : findItem(study, id, `aisafe lab list --${kind}`, [kind]).id;
  const phase = named(input.phase, 'phase');
  const track = input.all ? undefined : (named(input.track, 'track') ?? focusTrack(progress, curriculum));
  const { pace } = learnerPace(curriculum, progress);
  const order = new Map(curriculum.phases.map(({ id }, index) => [id, index]));
  const labs: ListedLab[] = [];
  for (const lab of inOrder(curriculum.labs, order)) {
    const state = labState(progress, curriculum, lab);
    if (lab.retired && !state) continue;
    if ((phase !== undefined && lab.phase !== phase) || !servesTrack(lab.tracks, track)) continue;
    const summary = summariseLab(lab, state, pace);
    if (input.status !== undefined && summary.standing !== input.status) continue;
    labs.push({
      ...summary,
      phase: lab.phase,
      difficulty: lab.difficulty,
      tracks: lab.tracks ?? null,
      tasks: [...tasksOf(curriculum)]
        .filter(({ task }) => !task.retired && labOfTask({ labs: [lab] }, task) !== undefined)
        .map(({ task }) => ({ id: task.id, title: task.title, proves: task.lab_proves ?? 'part' })),
      changedSince: state?.passed != null && state.passed.version !== (await versionOf(context, study, lab)),
      folder: state?.folders[store.device] ?? null,
    });
  }
  const data = { track: track ?? null, labs };
  if (labs.length > 0) return { data };
  const hint =
    curriculum.labs.length === 0 ? 'This curriculum has no labs.' : 'No lab matches. All: aisafe lab list --all';
  return { data, outcome: 'negative', hints: [hint] };
}

function inOrder(labs: readonly Lab[], order: ReadonlyMap<string, number>): readonly Lab[] {
  return [...labs].sort((a, b) => (order.get(a.phase) ?? 0) - (order.get(b.phase) ?? 0));
}

async function versionOf(context: Context, study: Parameters<typeof placeOf>[1], lab: Lab): Promise<string> {
  return labVersion((await placeOf(context, study, lab)).package);
}
