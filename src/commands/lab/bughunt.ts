import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Mutant } from '../../core/curriculum/model.js';
import { applyMutant } from '../../core/lab/apply-mutant.js';
import { AppError } from '../../errors.js';
import { labVersion } from '../../labs/package-hash.js';
import { fillWith, packageText } from '../../labs/workspace.js';
import { describeRun, type LabCheckData } from './check-data.js';
import { type OpenHunt, openHunt } from './open-hunt.js';
import { findPlace, type LabPlace, startedFolder } from './place.js';
import { couldNotCheck, drawSeed, runWithSpinner } from './run-checks.js';
import { assureTrust } from './trust.js';

export interface BugHuntInput {
  readonly id: string | undefined;
  readonly check: boolean;
  readonly trust: boolean;
}

export interface BugHuntData {
  readonly lab: string;
  readonly title: string;
  /** `solved`: every check passes on the mended file. */
  readonly state: 'started' | 'open' | 'not-yet' | 'solved';
  readonly file: string;
  /** What the colleague had believed; null until it is found. */
  readonly misconception: string | null;
  readonly run: LabCheckData | null;
  /** Hunts solved so far, this one included. */
  readonly solved: number;
  readonly command: string;
}

/** A colleague's implementation with one mistake in it: find it, mend it. */
export async function bughunt(context: Context, input: BugHuntInput): Promise<Result<BugHuntData>> {
  const place = await findPlace(context, input.id, 'aisafe lab bughunt');
  const open = openHunt(place);
  if (input.check) return checkHunt(context, place, open, input.trust);
  if (open) return { data: describe(place, open.file, 'open') };
  if (!place.state?.passed) {
    throw new AppError('TOO_EARLY', `A bug hunt in “${place.lab.title}” begins after you have passed it.`, {
      hint: place.state?.startedAt == null ? `aisafe lab start ${place.lab.id}` : `aisafe lab check ${place.lab.id}`,
    });
  }
  const mutant = await drawMutant(context, place);
  const applied = applyMutant(packageText(place.package, 'solution.py'), mutant);
  if (applied.type === 'misfit') {
    throw new AppError(
      'LAB_INVALID',
      `The lab “${place.lab.title}” is faulty: the mutant ${mutant.id}: ${applied.message}.`,
      {
        hint: `aisafe lab verify ${place.lab.id}`,
      },
    );
  }
  const folder = freeFolder(startedFolder(place));
  const file = fillWith(place.package, folder, applied.source);
  place.study.store.append([
    {
      kind: 'lab.bughunt-started',
      subject: place.subject,
      revision: place.revision,
      data: { mutant: mutant.id, folder },
    },
  ]);
  return { data: describe(place, file, 'started') };
}

async function checkHunt(
  context: Context,
  place: LabPlace,
  open: OpenHunt | undefined,
  trust: boolean,
): Promise<Result<BugHuntData>> {
  const { lab, study, subject, revision } = place;
  if (!open) {
    throw new AppError('NOT_FOUND', `There is no bug hunt in “${lab.title}” to check.`, {
      hint: `aisafe lab bughunt ${lab.id}`,
    });
  }
  await assureTrust(context, place, trust);
  const { file, hunt } = open;
  const run = await runWithSpinner(context, { place, file, seed: drawSeed(context), only: undefined });
  if (run.verdict === 'could-not-check') throw couldNotCheck(place, run.reason, { lab: lab.id, reason: run.reason });
  const isSolved = run.verdict === 'passed';
  const recorded = { assisted: false, version: labVersion(place.package), scores: [], tasks: [], criteria: [] };
  const source = readFileSync(file, 'utf8');
  const told = describeRun({ place, run, file, source, only: undefined, recorded });
  const data = { ...describe(place, file, isSolved ? 'solved' : 'not-yet'), run: told };
  if (!isSolved) return { data, outcome: 'negative' };
  study.store.append([
    { kind: 'lab.bughunt-solved', subject, revision, data: { mutant: hunt.mutant, seed: run.seed } },
  ]);
  const mutants = await context.labMutants(lab.id);
  const misconception = mutants.find(({ id }) => id === hunt.mutant)?.misconception ?? null;
  return { data: { ...data, misconception, solved: data.solved + 1 } };
}

function describe({ lab, state }: LabPlace, file: string, is: BugHuntData['state']): BugHuntData {
  return {
    lab: lab.id,
    title: lab.title,
    state: is,
    file,
    misconception: null,
    run: null,
    solved: (state?.hunts ?? []).filter(({ solvedAt }) => solvedAt !== null).length,
    command: is === 'solved' ? `aisafe lab bughunt ${lab.id}` : `aisafe lab bughunt ${lab.id} --check`,
  };
}

/** One that was not hunted yet, while there is any. */
async function drawMutant(context: Context, { lab, state }: LabPlace): Promise<Mutant> {
  const mutants = await context.labMutants(lab.id);
  const hunted = new Set((state?.hunts ?? []).map(({ mutant }) => mutant));
  const fresh = mutants.filter(({ id }) => !hunted.has(id));
  const choice = fresh.length > 0 ? fresh : mutants;
  const mutant = choice[drawSeed(context) % Math.max(1, choice.length)];
  if (mutant) return mutant;
  throw new AppError('NOT_FOUND', `The lab “${lab.title}” has no known mistakes to hunt.`, {
    hint: `aisafe lab verify ${lab.id}`,
  });
}

function freeFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `bughunt-${number}`);
    if (!existsSync(path)) return path;
  }
}
