import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '../../context.js';
import type { Lab, Mutant } from '../../core/curriculum/model.js';
import type { LabReport } from '../../core/lab/verify-report.js';
import { AppError } from '../../errors.js';
import type { LabFolder } from '../../labs/lab-folder.js';
import { verifyLabs } from '../../labs/verify/verify-labs.js';
import type { Study } from '../lookup.js';
import { placeOf } from './place.js';
import { findLabPython, timeScale } from './python.js';
import { assureTrust } from './trust.js';

export interface VerifyOptions {
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
    /** Of work, all labs together; some are verified side by side. */
    readonly seconds: number;
  };
}

/**
 * Holds labs of the curriculum in use to every gate: this runs their code.
 * @throws AppError NO_PYTHON, NOT_TRUSTED or INTERRUPTED
 */
export async function verifyPackages(
  context: Context,
  study: Study,
  labs: readonly Lab[],
  { fresh, guide, trust }: VerifyOptions,
): Promise<VerifyData> {
  const found = await findLabPython(context, study);
  const python = { executable: found.executable, version: found.version, numpy: found.numpy };
  const packages: { readonly lab: LabFolder; readonly mutants: readonly Mutant[] }[] = [];
  for (const lab of labs) {
    const place = await placeOf(context, study, lab);
    await assureTrust(context, place, trust);
    packages.push({ lab: place.package, mutants: await context.labMutants(lab.id) });
  }
  let done = 0;
  const spinner = context.spinner(`Verifying ${labs.length} labs`);
  try {
    const reports = await context.interruptible((signal) =>
      verifyLabs({
        labs: packages,
        python,
        guide: guide === undefined ? undefined : readGuide(resolve(context.cwd, guide)),
        timeScale: timeScale(study),
        signal,
        cache: join(context.paths.home, 'verified-labs.json'),
        fresh,
        env: context.env,
        onReport: () => {
          done += 1;
        },
        onProgress: (lab, text) => spinner.update(`${done} of ${labs.length} verified; ${lab}: ${text}`),
      }),
    );
    return { python, labs: reports, totals: sumUp(reports) };
  } finally {
    spinner.stop();
  }
}

function sumUp(reports: readonly LabReport[]): VerifyData['totals'] {
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

function readGuide(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('FILE_NOT_FOUND', `${path} cannot be read.`, { hint: 'aisafe lab verify --all', cause });
  }
}
