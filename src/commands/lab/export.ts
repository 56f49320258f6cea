import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type LabPassSummary, summarisePass } from '../../core/lab/summarise-lab.js';
import { isKnownEvent } from '../../core/progress/event.js';
import { labState } from '../../core/progress/progress.js';
import { AppError } from '../../errors.js';
import { writeFile } from '../../exports/write-file.js';
import { packageText } from '../../labs/workspace.js';
import { safeJson } from '../../ui/safe-text.js';
import { openStudy } from '../lookup.js';
import { findPlace, type LabPlace, placeOf } from './place.js';

export interface ExportInput {
  readonly id: string | undefined;
  readonly all: boolean;
  readonly output: string | undefined;
}

export interface ExportedLab {
  readonly lab: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly assisted: boolean;
}

export interface LabExportData {
  readonly folder: string;
  readonly labs: readonly ExportedLab[];
}

/** A folder for each passed lab: the learner's code as it passed, the lesson and the results; never the solution. */
export async function exportLabs(context: Context, input: ExportInput): Promise<Result<LabExportData>> {
  const { output } = input;
  if (output === undefined) {
    throw new AppError('MISSING_ARGUMENT', '“aisafe lab export” needs --out, a folder to write to.', {
      hint: `aisafe lab export ${input.id ?? '--all'} --out my-labs`,
    });
  }
  if (input.all && input.id !== undefined) {
    throw new AppError('USAGE', 'Give a lab or --all, not both.', { hint: 'aisafe lab export --all --out my-labs' });
  }
  const folder = resolve(context.cwd, output);
  const places = input.all ? await passedPlaces(context) : [await findPlace(context, input.id, 'aisafe lab export')];
  const labs = places.map((place) => writeLab(place, join(folder, place.lab.id)));
  if (labs.length > 0) return { data: { folder, labs } };
  return { data: { folder, labs }, outcome: 'negative', hints: ['No lab is passed yet: aisafe lab list'] };
}

async function passedPlaces(context: Context): Promise<readonly LabPlace[]> {
  const study = await openStudy(context);
  const { curriculum, progress } = study;
  const passed = curriculum.labs.filter((lab) => labState(progress, curriculum, lab)?.passed);
  return Promise.all(passed.map((lab) => placeOf(context, study, lab)));
}

function writeLab(place: LabPlace, folder: string): ExportedLab {
  const { lab, state } = place;
  const pass = summarisePass(state);
  if (!state || !pass) {
    throw new AppError('TOO_EARLY', `“${lab.title}” is not passed yet.`, { hint: `aisafe lab check ${lab.id}` });
  }
  const sources = findSubmission(place, state.passed?.sourceSha ?? '');
  mkdirSync(folder, { recursive: true });
  const contents = new Map([
    ['README.md', packageText(place.package, 'README.md')],
    ['results.json', `${safeJson(resultsOf(place, pass), 2)}\n`],
    ...sources.map(({ name, text }) => [name, text] as const),
  ]);
  for (const [name, text] of contents) writeFile(join(folder, name), [text]);
  return { lab: lab.id, folder, files: [...contents.keys()], assisted: pass.assisted };
}

/** What passed, from the history: the file may have changed since. */
function findSubmission({ study, subject, lab }: LabPlace, sha: string) {
  for (const event of study.store.events({ subject, kind: 'lab.submitted', effective: true })) {
    if (isKnownEvent(event) && event.kind === 'lab.submitted' && event.data.sha === sha) return event.data.files;
  }
  throw new AppError('NOT_FOUND', `What passed “${lab.title}” was too long to be kept.`, {
    hint: `aisafe lab check ${lab.id}`,
  });
}

function resultsOf({ lab, state, study }: LabPlace, pass: LabPassSummary) {
  const { curriculum } = study;
  return {
    schema: 'aisafe.lab-results/1',
    curriculum: { id: curriculum.id, version: curriculum.version },
    lab: { id: lab.id, title: lab.title, version: pass.version },
    passedAt: pass.at,
    run: 'local: on the learner’s own computer, not supervised',
    seed: pass.seed,
    python: pass.python,
    numpy: pass.numpy,
    assisted: pass.assisted,
    attempts: state?.attempts ?? 0,
    hints: state?.hints ?? {},
    metrics: pass.metrics,
    predictions: (lab.predict ?? []).flatMap(({ id, prompt }) => {
      const made = state?.predictions[id];
      return made ? [{ id, prompt, answer: made.answer, scored: made.scored }] : [];
    }),
  };
}
