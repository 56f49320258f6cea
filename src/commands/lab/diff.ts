import { join } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type DiffLine, diffGroups, diffLines } from '../../core/text/diff-lines.js';
import { AppError } from '../../errors.js';
import { learnerFiles, packageText } from '../../labs/workspace.js';
import { findPlace, startedFolder } from './place.js';
import { seeSolution } from './solution.js';

export interface DiffInput {
  readonly id: string | undefined;
}

export interface DiffData {
  readonly lab: string;
  readonly title: string;
  readonly file: string;
  /** Lines that only one of the two has, with three lines around them; empty when they are the same. */
  readonly groups: readonly (readonly DiffLine[])[];
}

/** The learner's file against the solution, for those who may see it. */
export async function diff(context: Context, input: DiffInput): Promise<Result<DiffData>> {
  const place = await findPlace(context, input.id, 'aisafe lab diff');
  const folder = startedFolder(place);
  const { lab } = place;
  const [own] = learnerFiles(place.package, folder) ?? [];
  if (!own) {
    throw new AppError('FILE_NOT_FOUND', `There is no ${lab.file} in ${folder} any more.`, {
      hint: `aisafe lab solution ${lab.id}`,
    });
  }
  if (place.state?.solutionSeen == null) seeSolution(place, false, `aisafe lab solution ${lab.id}`);
  const lines = diffLines(own.text, packageText(place.package, 'solution.py'));
  if (!lines)
    throw new AppError('BAD_VALUE', `${own.name} is too long to compare.`, { hint: `aisafe lab solution ${lab.id}` });
  return { data: { lab: lab.id, title: lab.title, file: join(folder, lab.file), groups: diffGroups(lines, 3) } };
}
