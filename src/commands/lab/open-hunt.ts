import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BugHunt } from '../../core/progress/lab-state.js';
import type { LabPlace } from './place.js';

export interface OpenHunt {
  readonly hunt: BugHunt;
  readonly folder: string;
  readonly file: string;
}

/** The hunt that goes on on this computer. */
export function openHunt({ state, study, lab }: LabPlace): OpenHunt | undefined {
  const hunt = state?.hunts.findLast(({ solvedAt }) => solvedAt === null);
  const folder = hunt?.folders[study.store.device];
  if (!hunt || folder === undefined) return undefined;
  const file = join(folder, lab.file);
  return existsSync(file) ? { hunt, folder, file } : undefined;
}
