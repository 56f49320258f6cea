import { fold, wordsOf } from './fold.js';
import { nearest } from './nearest.js';
import { searchIndex } from './search.js';
import type { SearchIndex } from './search-index.js';

/**
 * Queries that find something, close to one that found nothing: a word that nothing resembles is replaced by the
 * nearest one or left out; when each word is found but never together, one of them is left out.
 * @returns at most `count`, best first, in the one spelling of the index.
 */
export function suggestQueries(index: SearchIndex, query: string, count: number): readonly string[] {
  const words = [...new Set(wordsOf(fold(query)))];
  const isFound = (some: readonly string[]) => some.length > 0 && searchIndex(index, some.join(' '), 0).total > 0;
  const known = words.filter((word) => isFound([word]));
  const proposals: (readonly string[])[] = [];
  if (known.length < words.length) {
    const all = new Set(wordsOf(index.folded));
    const replacements = words.map((word) => (known.includes(word) ? [word] : nearest(word, all, count)));
    for (let rank = 0; rank < count; rank++) {
      proposals.push(replacements.flatMap((options) => options[Math.min(rank, options.length - 1)] ?? []));
    }
    proposals.push(known);
  }
  // The last word is the likeliest to be the one too many.
  for (let left = known.length - 1; left >= 0; left--) proposals.push(known.filter((_, index) => index !== left));
  const distinct = [...new Map(proposals.map((each) => [each.join(' '), each])).values()];
  return distinct
    .filter(isFound)
    .slice(0, count)
    .map((each) => each.join(' '));
}
