import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Lab } from '../../core/curriculum/model.js';
import { AppError } from '../../errors.js';
import type { LabReport } from '../../labs/verify/report.js';
import { openVerifyCache } from '../../labs/verify/verify-cache.js';
import { verifyLab } from '../../labs/verify/verify-lab.js';
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
  const data = await verifyLabs(context, study, labs, input);
  return { data, outcome: data.totals.good === data.totals.labs ? 'ok' : 'negative' };
}

/** @throws AppError NO_PYTHON, INTERRUPTED, NOT_TRUSTED */
export async function verifyLabs(
  context: Context,
  study: Study,
  labs: readonly Lab[],
  { fresh, guide, trust }: Pick<VerifyInput, 'fresh' | 'guide' | 'trust'>,
): Promise<VerifyData> {
  const python = await findLabPython(context, study);
  const text = guide === undefined ? undefined : readGuide(resolve(context.cwd, guide));
  const cache = openVerifyCache(join(context.paths.home, 'verified-labs.json'), { python, guide: text });
  const reports: LabReport[] = [];
  const spinner = context.spinner('Verifying');
  try {
    for (const lab of labs) {
      const place = await placeOf(context, study, lab);
      await assureTrust(context, place, trust);
      const known = fresh ? undefined : cache.find(place.package);
      const report =
        known ?? (await verifyOne(context, study, lab, python.executable, text, (words) => spinner.update(words)));
      if (!known) cache.remember(place.package, report);
      reports.push(report);
    }
  } finally {
    spinner.stop();
  }
  const sum = (count: (report: LabReport) => number) => reports.reduce((total, report) => total + count(report), 0);
  return {
    python: { executable: python.executable, version: python.version, numpy: python.numpy },
    labs: reports,
    totals: {
      labs: reports.length,
      good: reports.filter(({ findings }) => findings.length === 0).length,
      checks: sum(({ checks }) => checks),
      mutants: sum(({ mutants }) => mutants),
      mutantsCaught: sum(({ mutantsCaught }) => mutantsCaught),
      seeds: sum(({ seeds }) => seeds),
      fuzz: sum(({ fuzz }) => fuzz),
      seconds: Math.round(sum(({ seconds }) => seconds) * 10) / 10,
    },
  };
}

async function verifyOne(
  context: Context,
  study: Study,
  lab: Lab,
  python: string,
  guide: string | undefined,
  onProgress: (text: string) => void,
): Promise<LabReport> {
  const place = await placeOf(context, study, lab);
  const mutants = await context.labMutants(lab.id);
  return context.interruptible((signal) =>
    verifyLab({
      lab: place.package,
      mutants,
      python,
      guide,
      timeScale: timeScale(study),
      signal,
      onProgress: (words) => onProgress(`Verifying ${lab.id}: ${words}`),
      env: context.env,
    }),
  );
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
