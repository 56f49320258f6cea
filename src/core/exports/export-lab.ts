import type { Lab } from '../curriculum/model.js';
import { type LabState, labStanding } from '../progress/lab-state.js';
import type { ExportedLab } from './export-schema.js';

export interface LabRecord {
  readonly curriculum: string;
  readonly id: string;
  /** Undefined when the curriculum in use has no such lab. */
  readonly lab: Lab | undefined;
  readonly state: LabState;
}

/** One lab with what the learner did in it; of folders and sources nothing is told here. */
export function exportLab({ curriculum, id, lab, state }: LabRecord): ExportedLab {
  return {
    curriculum,
    id,
    title: lab?.title ?? null,
    phase: lab?.phase ?? null,
    standing: labStanding(state),
    startedAt: state.startedAt,
    lastAt: state.lastAt,
    attempts: state.attempts,
    pass: exportPass(state),
    hints: Object.fromEntries(Object.entries(state.hints).sort(([a], [b]) => (a < b ? -1 : 1))),
    solutionSeenAt: state.solutionSeen?.at ?? null,
    predictions: Object.entries(state.predictions)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([prediction, { answer, at, scored }]) => ({
        id: prediction,
        answer,
        at,
        right: scored?.right ?? null,
        actual: scored?.actual ?? null,
      })),
    bugHuntsSolved: state.hunts.filter(({ solvedAt }) => solvedAt !== null).length,
  };
}

function exportPass({ passed }: LabState): ExportedLab['pass'] {
  if (!passed) return null;
  const { at, seed, version, python, numpy, sourceSha, assisted, metrics } = passed;
  return { at, seed, version, python, numpy, sourceSha, assisted, metrics: [...metrics] };
}
