import type { Checkpoint, Criterion } from '../curriculum/model.js';
import type { CheckpointAttempt, CheckpointState } from '../progress/state.js';
import type { ExportedCheckpoint } from './export-schema.js';

export interface CheckpointRecord {
  readonly curriculum: string;
  readonly id: string;
  /** Undefined when the curriculum in use has no such checkpoint. */
  readonly checkpoint: Checkpoint | undefined;
  readonly phase: string | null;
  readonly state: CheckpointState;
}

/** One checkpoint with all its attempts, oldest first. */
export function exportCheckpoint({ curriculum, id, checkpoint, phase, state }: CheckpointRecord): ExportedCheckpoint {
  return {
    curriculum,
    id,
    title: checkpoint?.title ?? null,
    phase,
    attempts: state.attempts.map((attempt) => ({
      id: attempt.id,
      startedAt: attempt.startedAt,
      finishedAt: attempt.finishedAt ?? null,
      ready: attempt.ready ?? null,
      answers: exportAnswers(checkpoint?.criteria ?? [], attempt),
    })),
  };
}

/** Answers in the order of the criteria, then those to criteria that the curriculum has dropped. */
function exportAnswers(
  criteria: readonly Criterion[],
  attempt: CheckpointAttempt,
): ExportedCheckpoint['attempts'][number]['answers'] {
  const order = new Map<string, { readonly criterion: Criterion; readonly place: number }>();
  for (const [place, criterion] of criteria.entries()) {
    for (const id of [criterion.id, ...(criterion.aliases ?? [])]) order.set(id, { criterion, place });
  }
  const placeOf = (id: string) => order.get(id)?.place ?? criteria.length;
  return Object.entries(attempt.answers)
    .sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
    .map(([id, { level, support, at, revision }]) => {
      const criterion = order.get(id)?.criterion;
      return {
        criterion: criterion?.id ?? id,
        question: criterion?.question ?? null,
        level,
        pass: criterion?.pass ?? null,
        support:
          support.type === 'evidence'
            ? { type: 'evidence', evidence: [...support.evidence] }
            : { type: 'self-attested' },
        at,
        revision,
      };
    });
}
