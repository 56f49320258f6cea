import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Lab } from '../../core/curriculum/model.js';
import { AppError } from '../../errors.js';
import { openStudy, type Study } from '../lookup.js';
import { findPlace } from './place.js';
import { type VerifyData, type VerifyOptions, verifyPackages } from './verify-packages.js';

export interface VerifyInput extends VerifyOptions {
  readonly ids: readonly string[];
  readonly all: boolean;
}

/** For authors: holds lab packages to every gate. */
export async function verify(context: Context, input: VerifyInput): Promise<Result<VerifyData>> {
  const study = await openStudy(context);
  const data = await verifyPackages(context, study, await chooseLabs(context, study, input), input);
  return { data, outcome: data.totals.good === data.totals.labs ? 'ok' : 'negative' };
}

async function chooseLabs(context: Context, study: Study, { ids, all }: VerifyInput): Promise<readonly Lab[]> {
  if (all && ids.length > 0) {
    throw new AppError('USAGE', 'Give labs or --all, not both.', { hint: 'aisafe lab verify --all' });
  }
  const known = study.curriculum.labs.filter(({ retired }) => !retired);
  if (all) return known;
  if (ids.length === 0) {
    throw new AppError('MISSING_ARGUMENT', 'Which lab? Name one or several, or say --all.', {
      hint: `aisafe lab verify ${known[0]?.id ?? '--all'}`,
    });
  }
  const places = await Promise.all(ids.map((id) => findPlace(context, id, 'aisafe lab verify')));
  return [...new Map(places.map(({ lab }) => [lab.id, lab])).values()];
}
