/** What an answer to a criterion rests on today. */
import type { Checkpoint, Criterion } from '../curriculum/model.js';
import { evidenceFor, type Progress } from '../progress/progress.js';
import type { CriterionAnswer, EvidenceState } from '../progress/state.js';
import { countsFor } from './reference.js';

export interface CriterionEvidence {
  readonly evidence: EvidenceState;
  /** Does the answer rest on it? It was named with the answer, or added to the criterion afterwards. */
  readonly cited: boolean;
  /** Is it of a kind that the criterion counts? Other kinds are kept as notes. */
  readonly counts: boolean;
  /** False when its last verification failed. */
  readonly holds: boolean;
}

export interface AnswerSupport {
  /** The learner's own word and nothing else. */
  readonly selfAttested: boolean;
  /** What the answer names, as it names it, then everything else that names the criterion, oldest first. */
  readonly evidence: readonly CriterionEvidence[];
  /** Ids of evidence named with the answer and removed since. */
  readonly removed: readonly string[];
  /** Is there at least one cited piece that counts and holds? */
  readonly backed: boolean;
}

/** Every id that evidence for the criterion may carry. */
export function criterionIds(checkpoint: Checkpoint, criterion: Criterion): readonly string[] {
  const left = [checkpoint.id, ...(checkpoint.aliases ?? [])];
  const right = [criterion.id, ...(criterion.aliases ?? [])];
  return left.flatMap((checkpointId) => right.map((id) => `${checkpointId}/${id}`));
}

/** What the answer rests on, given what has become of its evidence. */
export function findSupport(
  progress: Progress,
  curriculum: { readonly id: string },
  checkpoint: Checkpoint,
  criterion: Criterion,
  answer: CriterionAnswer,
): AnswerSupport {
  const named = answer.support.type === 'evidence' ? answer.support.evidence : [];
  const linked = evidenceFor(progress, curriculum, criterionIds(checkpoint, criterion));
  const linkedIds = new Set(linked.map((each) => each.id));
  const cited = named.flatMap((id) => progress.evidence.get(id) ?? []);
  const evidence = [...cited, ...linked.filter((each) => !named.includes(each.id))].map((each) => ({
    evidence: each,
    cited: named.includes(each.id) || (linkedIds.has(each.id) && each.addedAt > answer.at),
    counts: countsFor(criterion, each.reference.type),
    holds: each.verified?.holds !== false,
  }));
  const backed = evidence.some((each) => each.cited && each.counts && each.holds);
  return {
    selfAttested: answer.support.type === 'self-attested' && !backed,
    evidence,
    removed: named.filter((id) => !progress.evidence.has(id)),
    backed,
  };
}
