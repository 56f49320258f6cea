/** Which lab is meant, where its package is and where the learner works on it. */
import { join, relative, resolve, sep } from 'node:path';
import type { Context } from '../../context.js';
import type { Lab } from '../../core/curriculum/model.js';
import { idsOf } from '../../core/curriculum/model.js';
import { labOfTask } from '../../core/lab/summarise-lab.js';
import type { LabState } from '../../core/progress/lab-state.js';
import { labState, qualify } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { localSettingValue } from '../../core/settings/settings.js';
import { AppError } from '../../errors.js';
import type { LabFolder } from '../../labs/lab-folder.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface LabPlace {
  readonly study: Study;
  readonly lab: Lab;
  /** Undefined: never touched. */
  readonly state: LabState | undefined;
  /** The package that it comes from. */
  readonly package: LabFolder;
  /** Subject of its events. */
  readonly subject: string;
  /** Content hash of its lab.yaml, for events. */
  readonly revision: string | null;
  /** Does it come with the program? Other labs are other people's code. */
  readonly isShipped: boolean;
}

/**
 * The lab that is meant: by its id or that of a task that it belongs to; else the one whose folder this is; else the one
 * that was started last.
 * @param command the words before the id, for hints.
 */
export async function findPlace(context: Context, id: string | undefined, command: string): Promise<LabPlace> {
  const study = await openStudy(context);
  const lab = id === undefined ? await guessLab(context, study, command) : findLab(study, id, command);
  return placeOf(context, study, lab);
}

export async function placeOf(context: Context, study: Study, lab: Lab): Promise<LabPlace> {
  const root = await context.curriculumFolder();
  const { curriculum, progress } = study;
  const known = idsOf(lab).find((each) => progress.lab.has(qualify(curriculum, each)));
  return {
    study,
    lab,
    state: labState(progress, curriculum, lab),
    package: { path: join(root, 'labs', lab.id), lab },
    subject: subject.lab(curriculum.id, known ?? lab.id),
    revision: curriculum.revisions[lab.id] ?? null,
    isShipped: root === context.shippedCurriculum,
  };
}

function findLab(study: Study, id: string, command: string): Lab {
  const named = study.curriculum.labs.find((lab) => lab.id === id);
  // Finding other items takes an index of the whole curriculum.
  if (named) return named;
  const item = study.items.get(id);
  const ofTask = item?.kind === 'task' ? labOfTask(study.curriculum, item.task) : undefined;
  return ofTask ?? findItem(study, id, command, ['lab']).lab;
}

async function guessLab(context: Context, { curriculum, progress, store }: Study, command: string): Promise<Lab> {
  const here = context.cwd;
  const started = curriculum.labs.flatMap((lab) => {
    const state = labState(progress, curriculum, lab);
    const folder = state?.folders[store.device];
    return state && folder !== undefined ? [{ lab, state, folder }] : [];
  });
  const around = started.find(({ folder }) => isWithin(here, folder));
  if (around) return around.lab;
  const last = started.sort((a, b) => (a.state.lastAt < b.state.lastAt ? -1 : 1)).at(-1);
  if (last) return last.lab;
  const [first] = curriculum.labs;
  throw new AppError('MISSING_ARGUMENT', 'Which lab? You have not started one here yet.', {
    hint: first ? 'aisafe lab list' : `${command} --help`,
  });
}

/** Is this path the folder or somewhere in it? */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === resolve(path));
}

/** Where new labs go. */
export function labFolder(context: Context, { progress, store }: Study): string {
  const chosen = localSettingValue(progress.setting, 'lab-folder', store.device);
  if (chosen === '') return context.paths.labs;
  return resolve(chosen.replace(/^~(?=[/\\])/, context.paths.userHome));
}

/**
 * Where the learner works on the lab on this computer.
 * @throws AppError NOT_FOUND when it was not started here.
 */
export function startedFolder({ lab, state, study }: LabPlace): string {
  const folder = state?.folders[study.store.device];
  if (folder !== undefined) return folder;
  const elsewhere = Object.keys(state?.folders ?? {}).length > 0;
  const what = elsewhere ? 'was started on another computer, not on this one' : 'has not been started yet';
  throw new AppError('NOT_FOUND', `The lab “${lab.title}” ${what}.`, { hint: `aisafe lab start ${lab.id}` });
}
