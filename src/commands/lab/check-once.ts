import { join } from 'node:path';
import type { Context } from '../../context.js';
import { type CheckResult, firstRed, type LabRun } from '../../core/lab/lab-run.js';
import { AppError } from '../../errors.js';
import type { StartedGrader } from '../../labs/grader-process.js';
import { learnerFiles } from '../../labs/workspace.js';
import { safeData } from '../../ui/safe-text.js';
import { tell } from '../tell.js';
import { describeRun, type LabCheckData } from './check-data.js';
import { type LabPlace, placeOf, startedFolder } from './place.js';
import { recordRun } from './record-run.js';
import { chooseSeed, couldNotCheck, runChecks, runWithSpinner } from './run-checks.js';

export interface CheckRequest {
  readonly only: readonly string[] | undefined;
  readonly seed: number | undefined;
  /** Calls the run off; left out: Ctrl-C does, and a spinner turns meanwhile. */
  readonly signal?: AbortSignal;
  /** A Python that was started ahead. */
  readonly ahead?: StartedGrader | undefined;
}

/**
 * One run of a lab whose code may run.
 * @throws AppError LAB_INVALID, NO_PYTHON or INTERRUPTED when nothing can be said about the learner's code.
 */
export async function checkOnce(context: Context, place: LabPlace, request: CheckRequest): Promise<LabCheckData> {
  const { only, signal, ahead } = request;
  const file = join(startedFolder(place), place.lab.file);
  const files = readLearnerFiles(place);
  const ended: CheckResult[] = [];
  const options = {
    place,
    file,
    seed: chooseSeed(context, place, request.seed),
    only,
    ahead,
    onCheck: (check: CheckResult) => void ended.push(check),
  };
  const run = signal ? await runChecks(context, { ...options, signal }) : await runWithSpinner(context, options);
  if (only) refuseUnknownChecks(place, only, run.checks);
  if (run.verdict === 'could-not-check') {
    if (run.reason?.code === 'INTERRUPTED' && !signal) await tellStopped(context, place, { run, file, ended });
    const partial = run.checks.map(({ id, status, message }) => ({ id, status, message }));
    throw couldNotCheck(place, run.reason, { lab: place.lab.id, seed: run.seed, reason: run.reason, checks: partial });
  }
  const recorded = recordRun(context, place, run, files);
  return describeRun({ place, run, file, source: files[0]?.text ?? '', only, recorded });
}

async function tellStopped(
  context: Context,
  { lab }: LabPlace,
  { run, file, ended }: { readonly run: LabRun; readonly file: string; readonly ended: readonly CheckResult[] },
): Promise<void> {
  if (ended.length === 0) return;
  const { viewStopped } = await import('./check.view.js');
  const { seed, fullRun, ms, output } = run;
  const checks = {
    lab: lab.id,
    title: lab.title,
    file,
    seed,
    fullRun,
    ms,
    reason: null,
    checks: ended,
    first: firstRed({ checks: ended })?.id ?? null,
    loadOutput: output.load,
  };
  await tell(context, (ui) => viewStopped(safeData(checks), run.checks.length, ui));
}

/** The same place with what was saved since. */
export async function refreshed(context: Context, { study, lab }: LabPlace): Promise<LabPlace> {
  return placeOf(context, { ...study, progress: study.store.progress() }, lab);
}

function readLearnerFiles(place: LabPlace) {
  const folder = startedFolder(place);
  const files = learnerFiles(place.package, folder);
  if (files) return files;
  throw new AppError('FILE_NOT_FOUND', `There is no ${place.lab.file} in ${folder} any more.`, {
    hint: `aisafe lab start ${place.lab.id}`,
    details: { folder, file: place.lab.file },
  });
}

function refuseUnknownChecks(
  { lab }: LabPlace,
  only: readonly string[],
  checks: readonly { readonly id: string }[],
): void {
  const missing = only.find((id) => !checks.some((each) => each.id === id));
  if (missing === undefined) return;
  throw new AppError('NOT_FOUND', `The lab “${lab.id}” has no check “${missing}”.`, {
    hint: `aisafe lab check ${lab.id}`,
  });
}
