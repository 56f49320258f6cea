import { nearest } from './nearest.js';
import { type Searchable, search, vocabulary } from './search.js';
import { tokeniseQuery } from './tokenise.js';

/**
 * Queries that find something, close to one that found nothing: a word that nothing resembles is replaced by the
 * nearest one or left out; when each word is found but never together, one of them is left out.
 * @returns at most `count`, best first.
 */
export function suggestQueries(entries: readonly Searchable[], query: string, count: number): readonly string[] {
  const words = tokeniseQuery(query);
  const isFound = (some: readonly string[]) => some.length > 0 && search(entries, some.join(' ')).length > 0;
  const unknown = new Set(words.filter((word) => !isFound([word])));
  const proposals: string[][] = [];
  if (unknown.size > 0) {
    const all = [...vocabulary(entries)].sort();
    const replacements = words.map((word) => (unknown.has(word) ? nearest(word, all, count) : [word]));
    for (let rank = 0; rank < count; rank++) {
      proposals.push(replacements.flatMap((options) => options[Math.min(rank, options.length - 1)] ?? []));
    }
    proposals.push(words.filter((word) => !unknown.has(word)));
  }
  const known = words.filter((word) => !unknown.has(word));
  // The last word is the likeliest to be the one too many.
  for (let left = known.length - 1; left >= 0; left--) proposals.push(known.filter((_, index) => index !== left));
  const distinct = [...new Map(proposals.map((each) => [each.join(' '), each])).values()];
  return distinct.filter(isFound).slice(0, count).map((each) => each.join(' '));
}
