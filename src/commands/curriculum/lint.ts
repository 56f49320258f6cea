import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Finding } from '../../core/curriculum/finding.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import type { VerifyData } from '../lab/verify-packages.js';
import { openStudy } from '../lookup.js';

export interface LintInput {
  readonly folder: string | undefined;
  readonly strict: boolean;
  /** Runs the code of the labs. */
  readonly labs: boolean;
  readonly trust: boolean;
}

export interface LintData {
  readonly folder: string;
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** What was read, when the files could be read at all. */
  readonly curriculum: {
    readonly id: string;
    readonly title: string;
    readonly version: string;
    readonly tasks: number;
    readonly concepts: number;
    readonly resources: number;
    readonly programs: number;
    readonly labs: number;
  } | null;
  /** With --labs: what verifying them found; null when they were not run. */
  readonly verified: VerifyData | null;
}

export async function lint(context: Context, { folder, strict, labs, trust }: LintInput): Promise<Result<LintData>> {
  const path = folder === undefined ? await context.curriculumFolder() : resolve(context.cwd, folder);
  const spinner = context.spinner('Reading the curriculum');
  const { curriculum, findings } = await context.readCurriculum(path);
  spinner.stop();
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const verified = labs && curriculum ? await verifyAll(context, path, trust) : null;
  const faultyLabs = verified ? verified.totals.labs - verified.totals.good : 0;
  return {
    data: {
      folder: path,
      findings,
      errors,
      warnings,
      curriculum: curriculum
        ? {
            id: curriculum.id,
            title: curriculum.title,
            version: curriculum.version,
            tasks: curriculum.phases.reduce(
              (sum, phase) => sum + phase.modules.reduce((all, module) => all + module.tasks.length, 0),
              0,
            ),
            concepts: curriculum.concepts.length,
            resources: curriculum.resources.length,
            programs: curriculum.programs.length,
            labs: curriculum.labs.length,
          }
        : null,
      verified,
    },
    outcome: errors + faultyLabs > 0 || (strict && warnings > 0) ? 'negative' : 'ok',
  };
}

/** Labs are run from the curriculum in use, which knows whose code it is and whether it may run. */
async function verifyAll(context: Context, path: string, trust: boolean): Promise<VerifyData> {
  if (path !== (await context.curriculumFolder())) {
    throw new AppError('USAGE', '--labs runs code, and does so only for a curriculum that you have added.', {
      hint: `aisafe curriculum add ${quoteWord(path)} --use`,
    });
  }
  const study = await openStudy(context);
  const labs = study.curriculum.labs.filter(({ retired }) => !retired);
  const { verifyPackages } = await import('../lab/verify-packages.js');
  return verifyPackages(context, study, labs, { fresh: false, guide: undefined, trust });
}
