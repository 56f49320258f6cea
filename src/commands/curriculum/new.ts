import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';

export interface NewInput {
  readonly folder: string;
}

export interface NewData {
  readonly folder: string;
  /** Written files, relative to the folder. */
  readonly files: readonly string[];
}

export async function createCurriculum(context: Context, { folder }: NewInput): Promise<Result<NewData>> {
  const path = resolve(context.cwd, folder);
  return { data: { folder: path, files: await context.newCurriculum(path) } };
}
