import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Finding } from '../../core/curriculum/finding.js';

export interface LintInput {
  readonly folder: string | undefined;
  readonly strict: boolean;
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
  } | null;
}

export async function lint(context: Context, { folder, strict }: LintInput): Promise<Result<LintData>> {
  const path = folder === undefined ? await context.curriculumFolder() : resolve(context.cwd, folder);
  const spinner = context.spinner('Reading the curriculum');
  const { curriculum, findings } = await context.readCurriculum(path);
  spinner.stop();
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
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
          }
        : null,
    },
    outcome: errors > 0 || (strict && warnings > 0) ? 'negative' : 'ok',
  };
}
