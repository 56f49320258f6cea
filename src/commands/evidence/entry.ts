import { shortEvidenceId } from '../../core/assessment/evidence-id.js';
import { referenceText } from '../../core/assessment/reference.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import type { Progress } from '../../core/progress/progress.js';
import type { EvidenceState } from '../../core/progress/state.js';

/** A piece of evidence as commands report it. */
export interface EvidenceEntry {
  readonly id: string;
  /** The beginning of the id that is enough to name it. */
  readonly shortId: string;
  /** Ids of what it supports, without the curriculum when it is the current one. */
  readonly items: readonly string[];
  readonly reference: EvidenceReference;
  /** The reference in one line. */
  readonly text: string;
  readonly note: string | null;
  readonly addedAt: string;
  readonly verified: { readonly at: string; readonly holds: boolean; readonly message: string } | null;
}

export function toEntry(
  evidence: EvidenceState,
  progress: Progress,
  curriculum: { readonly id: string },
): EvidenceEntry {
  const prefix = `${curriculum.id}/`;
  return {
    id: evidence.id,
    shortId: shortEvidenceId(evidence.id, progress.evidence.keys()),
    items: evidence.items.map((item) => (item.startsWith(prefix) ? item.slice(prefix.length) : item)),
    reference: evidence.reference,
    text: referenceText(evidence.reference),
    note: evidence.note ?? null,
    addedAt: evidence.addedAt,
    verified: evidence.verified ?? null,
  };
}

/** Sorts evidence by when it was added. */
export function compareAge(a: EvidenceState, b: EvidenceState): number {
  if (a.addedAt !== b.addedAt) return a.addedAt < b.addedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
