import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChange, baseFolder, type Change } from '../../content/folders.js';
import type { Outcome, RunOptions } from '../../helpers/cli.js';
import { createCliWith, type InspectableCli } from '../../helpers/cli-with-curriculum.js';

export interface LabCli extends InspectableCli {
  /** Folder in which the learner works on the lab. */
  readonly folder: string;
  /** Starts the lab, trusts it and says nothing about predictions. */
  begin(): Promise<void>;
  /** Puts text in the learner's file. */
  write(source: string): void;
  /** `aisafe lab check`, with the lab's code allowed to run. */
  check(options?: RunOptions, ...words: readonly string[]): Promise<Outcome>;
}

export const rightAnswer = readFileSync(join(baseFolder, 'labs/measure-slope/solution.py'), 'utf8');
/** Divides by h instead of 2h. */
export const wrongAnswer = rightAnswer.replace('/ (2 * h)', '/ h');

/** The program with a curriculum that has the lab `measure-slope`: somebody else's, so that it has to be trusted. */
export function createLabCli(changes: readonly Change[] = []): LabCli {
  const { PATH = '', HOME = '' } = process.env;
  const cli = createCliWith('base', {}, { env: { PATH, HOME } });
  cpSync(baseFolder, join(cli.home, 'base'), { recursive: true });
  for (const change of changes) applyChange(join(cli.home, 'base'), change);
  const folder = join(cli.home, 'labs', 'measure-slope');
  return {
    ...cli,
    folder,
    begin: async () => {
      await cli.run(['lab', 'start', 'measure-slope', '--no-predictions']);
    },
    write: (source) => writeFileSync(join(folder, 'slopes.py'), source),
    check: (options, ...words) => cli.run(['lab', 'check', 'measure-slope', '--trust', ...words], options),
  };
}
