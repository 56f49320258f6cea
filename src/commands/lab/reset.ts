import { join } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { renewFolder } from '../../labs/workspace.js';
import { findPlace, startedFolder } from './place.js';

export interface ResetInput {
  readonly id: string | undefined;
}

export interface ResetData {
  readonly lab: string;
  readonly title: string;
  readonly folder: string;
  readonly file: string;
  /** What the files that were there are called now. */
  readonly copies: readonly string[];
  /** The next pass counts as unaided; false while the solution was seen on this study day. */
  readonly countsUnaided: boolean;
  readonly command: string;
}

/** A fresh starter; what was there is kept under another name. */
export async function reset(context: Context, input: ResetInput): Promise<Result<ResetData>> {
  const place = await findPlace(context, input.id, 'aisafe lab reset');
  const folder = startedFolder(place);
  const { lab, state, study, subject, revision } = place;
  const stamp = context.clock.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const copies = renewFolder(place.package, folder, stamp);
  study.store.append([{ kind: 'lab.reset', subject, revision, data: { copy: copies[0] ?? null } }]);
  const seenToday = state?.solutionSeen?.gaveUp === true && state.solutionSeen.day === context.today();
  return {
    data: {
      lab: lab.id,
      title: lab.title,
      folder,
      file: join(folder, lab.file),
      copies,
      countsUnaided: !seenToday,
      command: `aisafe lab check ${lab.id}`,
    },
  };
}
