import type { ConfidenceCount } from './recorded-answer.js';

/** The counts with one more added to its kind. */
export function addConfidence(counts: readonly ConfidenceCount[], more: ConfidenceCount): readonly ConfidenceCount[] {
  const index = counts.findIndex(({ confidence, result }) => confidence === more.confidence && result === more.result);
  const known = counts[index];
  return known ? counts.with(index, { ...known, count: known.count + more.count }) : [...counts, more];
}

/** The counts of many cards put together, by confidence and result. */
export function sumConfidences(
  cards: Iterable<{ readonly confidences: readonly ConfidenceCount[] }>,
): readonly ConfidenceCount[] {
  const sums = new Map<string, ConfidenceCount>();
  for (const { confidences } of cards) {
    for (const each of confidences) {
      const name = `${each.confidence} ${each.result}`;
      sums.set(name, { ...each, count: each.count + (sums.get(name)?.count ?? 0) });
    }
  }
  return [...sums.values()].sort((a, b) => a.confidence - b.confidence || (a.result < b.result ? -1 : 1));
}
