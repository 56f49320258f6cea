import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Lab } from '../../core/curriculum/model.js';
import type { LabReport } from '../../core/lab/verify-report.js';
import { AppError } from '../../errors.js';
import { type VerifyLabsRequest, verifyLabs } from '../../labs/verify/verify-labs.js';
import { openStudy, type Study } from '../lookup.js';
import { findPlace, placeOf } from './place.js';
import { findLabPython, timeScale } from './python.js';
import { assureTrust } from './trust.js';

export interface VerifyInput {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly fresh: boolean;
  /** Path of the text that `serves` quotes. */
  readonly guide: string | undefined;
  readonly trust: boolean;
}

export interface VerifyData {
  readonly python: { readonly executable: string; readonly version: string; readonly numpy: string };
  readonly labs: readonly LabReport[];
  readonly totals: {
    readonly labs: number;
    /** Labs without a finding. */
    readonly good: number;
    readonly checks: number;
    readonly mutants: number;
    readonly mutantsCaught: number;
    readonly seeds: number;
    readonly fuzz: number;
    readonly seconds: number;
  };
}

/** Holds lab packages to every gate, for authors: this runs their code. */
export async function verify(context: Context, input: VerifyInput): Promise<Result<VerifyData>> {
  const study = await openStudy(context);
  const labs = await chooseLabs(context, study, input);
  const data = await verifyThem(context, study, labs, input);
  return { data, outcome: data.totals.good === data.totals.labs ? 'ok' : 'negative' };
}

/** @throws AppError NO_PYTHON, INTERRUPTED, NOT_TRUSTED */
async function verifyThem(
  context: Context,
  study: Study,
  labs: readonly Lab[],
  { fresh, guide, trust }: VerifyInput,
): Promise<VerifyData> {
  const { executable, version, numpy } = await findLabPython(context, study);
  const python = { executable, version, numpy };
  const text = guide === undefined ? undefined : readGuide(resolve(context.cwd, guide));
  const packages: VerifyLabsRequest['labs'][number][] = [];
  for (const lab of labs) {
    const place = await placeOf(context, study, lab);
    await assureTrust(context, place, trust);
    packages.push({ lab: place.package, mutants: await context.labMutants(lab.id) });
  }
  const spinner = context.spinner('Verifying');
  try {
    const reports = await context.interruptible((signal) =>
      verifyLabs({
        labs: packages,
        python,
        guide: text,
        timeScale: timeScale(study),
        signal,
        cache: join(context.paths.home, 'verified-labs.json'),
        fresh,
        onProgress: (lab, words) => spinner.update(`Verifying ${lab}: ${words}`),
        env: context.env,
      }),
    );
    return { python, labs: reports, totals: addUp(reports) };
  } finally {
    spinner.stop();
  }
}

function addUp(reports: readonly LabReport[]): VerifyData['totals'] {
  const sum = (count: (report: LabReport) => number) => reports.reduce((total, report) => total + count(report), 0);
  return {
    labs: reports.length,
    good: reports.filter(({ findings }) => findings.length === 0).length,
    checks: sum(({ checks }) => checks),
    mutants: sum(({ mutants }) => mutants),
    mutantsCaught: sum(({ mutantsCaught }) => mutantsCaught),
    seeds: sum(({ seeds }) => seeds),
    fuzz: sum(({ fuzz }) => fuzz),
    seconds: Math.round(sum(({ seconds }) => seconds) * 10) / 10,
  };
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

function readGuide(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('FILE_NOT_FOUND', `${path} cannot be read.`, { hint: 'aisafe lab verify --all', cause });
  }
}
