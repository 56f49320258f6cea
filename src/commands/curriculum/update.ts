import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import {
  type Baseline,
  baselineFromProgress,
  type CurriculumChange,
  compareCurriculum,
} from '../../core/curriculum/changes.js';
import { type Curriculum, tasksOf } from '../../core/curriculum/model.js';
import type { NewEvent } from '../../core/progress/event.js';
import type { Progress } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { readValid } from './read-valid.js';

export interface UpdateInput {
  readonly folder: string | undefined;
  readonly dryRun: boolean;
}

export interface UpdateData {
  readonly curriculum: string;
  readonly from: string | null;
  readonly to: string;
  readonly folder: string;
  readonly changes: readonly CurriculumChange[];
  /** False when only tasks that the learner touched could be compared. */
  readonly complete: boolean;
  /** Was anything written? */
  readonly applied: boolean;
}

export async function updateCurriculum(context: Context, { folder, dryRun }: UpdateInput): Promise<Result<UpdateData>> {
  const store = await context.store();
  const progress = store.progress();
  const currentFolder = await context.curriculumFolder();
  const path = folder === undefined ? currentFolder : resolve(context.cwd, folder);
  const after = await readValid(context, path);
  const before = folder === undefined ? undefined : await readValid(context, currentFolder);
  if (before && before.id !== after.id) {
    throw new AppError('USAGE', `${path} holds the curriculum “${after.id}”, but “${before.id}” is in use.`, {
      hint: `aisafe curriculum update ${quoteWord(folder ?? '')} --curriculum ${after.id}`,
    });
  }
  if (folder !== undefined && after.id === 'aisafe' && !dryRun) {
    throw new AppError('USAGE', 'The curriculum that comes with the program changes when the program is updated.', {
      hint: `aisafe curriculum update ${quoteWord(folder)} --dry-run`,
    });
  }
  const accepted = progress.curriculum.get(after.id)?.accepted;
  const baseline = chooseBaseline(before, accepted?.items, after, progress);
  const changes = compareCurriculum(baseline, after, progress);
  const events = dryRun ? [] : acceptance(after, path, currentFolder, accepted?.revision);
  if (events.length > 0) store.append(events);
  return {
    data: {
      curriculum: after.id,
      from: before?.version ?? accepted?.version ?? null,
      to: after.version,
      folder: path,
      changes,
      complete: baseline.complete,
      applied: events.length > 0,
    },
  };
}

function chooseBaseline(
  before: Curriculum | undefined,
  accepted: Readonly<Record<string, string>> | undefined,
  after: Curriculum,
  progress: Progress,
): Baseline {
  if (before) return { revisions: taskRevisions(before), curriculum: before, complete: true };
  if (accepted) return { revisions: accepted, complete: true };
  return baselineFromProgress(progress, after);
}

function taskRevisions(curriculum: Curriculum): Record<string, string> {
  return Object.fromEntries([...tasksOf(curriculum)].map(({ id }) => [id, curriculum.revisions[id] ?? '']));
}

function acceptance(
  after: Curriculum,
  path: string,
  currentFolder: string,
  acceptedRevision: string | undefined,
): readonly NewEvent[] {
  const events: NewEvent[] = [];
  if (path !== currentFolder)
    events.push({ kind: 'curriculum.added', subject: subject.curriculum(after.id), data: { path } });
  if (acceptedRevision !== after.revision) {
    events.push({
      kind: 'curriculum.accepted',
      subject: subject.curriculum(after.id),
      data: { version: after.version, revision: after.revision, items: taskRevisions(after) },
    });
  }
  return events;
}
