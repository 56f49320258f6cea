import { type Hit, type Searchable, searchIndex, textsOfEntry } from '../../../src/core/search/search.js';
import { indexEntries } from '../../../src/core/search/search-index.js';

/** A search over entries that were not indexed before. */
export function search<E extends Searchable>(entries: readonly E[], query: string): readonly Hit<E>[] {
  return searchIndex(indexEntries(entries, textsOfEntry), query);
}
