import { type Hit, searchIndex } from '../../../src/core/search/search.js';
import { indexEntries, type Searchable } from '../../../src/core/search/search-index.js';

/** A search over entries that were not indexed before. */
export function search<E extends Searchable>(entries: readonly E[], query: string): readonly (Hit & { entry: E })[] {
  const index = indexEntries(entries);
  return searchIndex(index, query).best.map((hit) => ({ ...hit, entry: index.entry(hit.place) }));
}
