import { editDistance } from './edit-distance.js';

/** Longer words are not misspellings of anything here. */
const longestWord = 100;

/**
 * The candidates that `word` is likely a misspelling or the beginning of, best first: one edit in three letters, at
 * most four. Case is ignored.
 * @returns at most `limit`, without repeats; equally near ones in alphabetical order.
 */
export function nearest(word: string, candidates: Iterable<string>, limit: number): readonly string[] {
  const wanted = word.toLowerCase();
  if (wanted === '' || wanted.length > longestWord) return [];
  const tolerance = Math.min(4, Math.max(1, Math.floor(wanted.length / 3)));
  const found = new Map<string, number>();
  for (const candidate of candidates) {
    const distance = nearness(wanted, candidate.toLowerCase(), tolerance);
    if (distance !== undefined) found.set(candidate, distance);
  }
  return [...found]
    .sort(([a, near], [b, far]) => near - far || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([candidate]) => candidate);
}

function nearness(wanted: string, candidate: string, tolerance: number): number | undefined {
  const distance = editDistance(wanted, candidate, tolerance);
  if (distance !== undefined) return distance;
  // A beginning is a good guess, after every plain misspelling.
  return wanted.length >= 3 && candidate.startsWith(wanted) ? tolerance + 1 : undefined;
}
