import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../core/curriculum/model.js';
import { AppError } from '../errors.js';

/** A lab package on disk, with what its lab.yaml says. */
export interface LabFolder {
  /** Absolute path of `labs/<id>`. */
  readonly path: string;
  readonly lab: Lab;
}

/** The learner's file and what is copied next to it, as names in the package: [from, to]. */
export function filesToCopy(lab: Lab): readonly (readonly [from: string, to: string])[] {
  const beside = [...(lab.support ?? []), ...(lab.files ?? [])];
  return [['starter.py', lab.file], ...beside.map((name) => [name, name] as const)];
}

const solvedPrefix = 'solution_';

/**
 * What lies beside the code of a solution: `solution_<name>` stands in for the file `<name>` that a learner fills in or
 * makes, as names in the package: [from, to].
 */
export function solvedFiles({ path }: LabFolder): readonly (readonly [from: string, to: string])[] {
  const names = readdirSync(path).filter((name) => name.startsWith(solvedPrefix));
  return names.sort().map((name) => [name, name.slice(solvedPrefix.length)] as const);
}

/**
 * The Python half of the grader, which comes with the program; labs of other curricula are graded by it too.
 * @throws AppError ENVIRONMENT when the installation lacks it.
 */
export function shippedKit(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  // From the sources it is two folders up, from the build one.
  for (const up of ['..', '../..', '../../..']) {
    const kit = join(here, up, 'curriculum', 'labs', '_kit');
    if (existsSync(join(kit, 'run.py'))) return kit;
  }
  throw new AppError('ENVIRONMENT', 'The grader of the labs is missing from this installation of aisafe.', {
    hint: 'npm install -g aisafe',
  });
}
