/** Short forms of evidence ids. */
import type { EvidenceState } from '../progress/state.js';

const shortest = 4;

/** The shortest beginning, of at least four digits, that belongs to this id alone. */
export function shortEvidenceId(id: string, all: Iterable<string>): string {
  let length = shortest;
  for (const other of all) {
    if (other === id) continue;
    while (length < id.length && other.startsWith(id.slice(0, length))) length++;
  }
  return id.slice(0, length);
}

export type EvidenceMatch =
  | { readonly type: 'one'; readonly evidence: EvidenceState }
  | { readonly type: 'several'; readonly ids: readonly string[] }
  | { readonly type: 'none' };

/** The evidence with this id, or the only one whose id begins so. */
export function matchEvidence(evidence: ReadonlyMap<string, EvidenceState>, text: string): EvidenceMatch {
  const exact = evidence.get(text);
  if (exact) return { type: 'one', evidence: exact };
  const prefix = text.toLowerCase();
  const found = prefix.length < shortest ? [] : [...evidence.values()].filter((each) => each.id.startsWith(prefix));
  const [only] = found;
  if (!only) return { type: 'none' };
  return found.length === 1 ? { type: 'one', evidence: only } : { type: 'several', ids: found.map((each) => each.id) };
}
