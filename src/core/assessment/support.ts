/** What an answer to a criterion rests on today. */
import type { Checkpoint, Criterion } from '../curriculum/model.js';
import type { EvidenceReference } from '../progress/event.js';
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
  /** Is there at least one cited piece that counts and holds? A lab counts together with an explanation. */
  readonly backed: boolean;
  /** A lab shows the code, and nothing that is cited explains it in the learner's own words. */
  readonly needsExplanation: boolean;
}

/** Every id that evidence for the criterion may carry. */
export function criterionIds(checkpoint: Checkpoint, criterion: Criterion): readonly string[] {
  const left = [checkpoint.id, ...(checkpoint.aliases ?? [])];
  const right = [criterion.id, ...(criterion.aliases ?? [])];
  return left.flatMap((checkpointId) => right.map((id) => `${checkpointId}/${id}`));
}

/** Evidence that names the criterion, and passes of the labs that the criterion names, oldest first. */
export function linkedEvidence(
  progress: Progress,
  curriculum: { readonly id: string },
  checkpoint: Checkpoint,
  criterion: Criterion,
): readonly EvidenceState[] {
  const named = evidenceFor(progress, curriculum, criterionIds(checkpoint, criterion));
  const labs = [...progress.evidence.values()].filter(
    ({ reference }) =>
      reference.type === 'lab' &&
      reference.curriculum === curriculum.id &&
      criterion.evidence?.includes(`lab:${reference.lab}`),
  );
  return [...new Set([...named, ...labs])].sort((a, b) => (a.addedAt < b.addedAt ? -1 : a.addedAt > b.addedAt ? 1 : 0));
}

/** What pieces of evidence come to for a criterion: code alone does not show that it was understood. */
export function weighEvidence(
  criterion: Criterion,
  references: readonly EvidenceReference[],
): Pick<AnswerSupport, 'backed' | 'needsExplanation'> {
  const counting = references.filter((reference) => countsFor(criterion, reference));
  const hasLab = counting.some(({ type }) => type === 'lab');
  const isExplained = references.some(({ type }) => ['note', 'file', 'url'].includes(type));
  const backed = counting.some(({ type }) => type !== 'lab') || (hasLab && isExplained);
  return { backed, needsExplanation: hasLab && !backed };
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
  const linked = linkedEvidence(progress, curriculum, checkpoint, criterion);
  const linkedIds = new Set(linked.map((each) => each.id));
  const cited = named.flatMap((id) => progress.evidence.get(id) ?? []);
  const evidence = [...cited, ...linked.filter((each) => !named.includes(each.id))].map((each) => ({
    evidence: each,
    cited: named.includes(each.id) || (linkedIds.has(each.id) && each.addedAt > answer.at),
    counts: countsFor(criterion, each.reference),
    holds: each.verified?.holds !== false,
  }));
  const holding = evidence.filter((each) => each.cited && each.holds).map((each) => each.evidence.reference);
  const weighed = weighEvidence(criterion, holding);
  return {
    selfAttested: answer.support.type === 'self-attested' && !weighed.backed,
    evidence,
    removed: named.filter((id) => !progress.evidence.has(id)),
    ...weighed,
  };
}
