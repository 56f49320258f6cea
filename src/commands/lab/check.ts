import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import type { LabCheckData } from './check-data.js';
import { openHunt } from './open-hunt.js';
import { findPlace, isWithin, startedFolder } from './place.js';
import { startPythonAhead } from './python.js';
import { assureTrust } from './trust.js';

export interface CheckInput {
  readonly id: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly seed: number | undefined;
  readonly watch: boolean;
  readonly trust: boolean;
}

/** Grades the learner's file and keeps what came out. */
export async function check(context: Context, input: CheckInput): Promise<Result<LabCheckData>> {
  if (input.watch) {
    const { watch } = await import('./watch.js');
    return watch(context, input);
  }
  const ahead = await startPythonAhead(context);
  try {
    const place = await findPlace(context, input.id, 'aisafe lab check');
    startedFolder(place);
    const hunt = input.id === undefined ? openHunt(place) : undefined;
    if (hunt && isWithin(context.cwd, hunt.folder)) {
      throw new AppError('USAGE', 'This is the folder of a bug hunt.', {
        hint: `aisafe lab bughunt ${place.lab.id} --check`,
      });
    }
    await assureTrust(context, place, input.trust);
    const { checkOnce } = await import('./check-once.js');
    const data = await checkOnce(context, place, { ...input, ahead });
    return { data, outcome: data.verdict === 'passed' ? 'ok' : 'negative' };
  } finally {
    ahead?.end();
  }
}
