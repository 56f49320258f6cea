/** Entries as a search looks through them: all their texts in one, folded, so that most of it is never taken apart. */
import { foldForSearch, foldSpelling, wordsOf } from './fold.js';

/** What is known of an entry besides its texts. */
export interface IndexedEntry {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly { readonly name: string; readonly weight: number }[];
  /** Multiplies the score: below 1 for what is better found last. */
  readonly standing?: number | undefined;
}

export interface SearchIndex<E extends IndexedEntry = IndexedEntry> {
  readonly entries: readonly E[];
  /** How many different words each title has. */
  readonly titleWords: readonly number[];
  /** A line an entry, a tab between its fields. */
  readonly folded: string;
}

/** @param textsOf the texts of an entry's fields, in their order. */
export function indexEntries<E extends IndexedEntry>(
  entries: readonly E[],
  textsOf: (entry: E) => readonly string[],
): SearchIndex<E> {
  const fold = (text: string) => foldForSearch(text).replace(/[\t\n]/g, ' ');
  return {
    entries,
    titleWords: entries.map(({ title }) => wordsOfTitle(title).size),
    folded: entries.map((entry) => textsOf(entry).map(fold).join('\t')).join('\n'),
  };
}

export function wordsOfTitle(title: string): ReadonlySet<string> {
  return new Set(wordsOf(foldSpelling(title)));
}

/** One index after the other. */
export function joinIndices<E extends IndexedEntry>(a: SearchIndex<E>, b: SearchIndex<E>): SearchIndex<E> {
  if (b.entries.length === 0) return a;
  if (a.entries.length === 0) return b;
  return {
    entries: [...a.entries, ...b.entries],
    titleWords: [...a.titleWords, ...b.titleWords],
    folded: `${a.folded}\n${b.folded}`,
  };
}

/** The entries of which this holds. */
export function filterIndex<E extends IndexedEntry>(
  { entries, titleWords, folded }: SearchIndex<E>,
  isWanted: (entry: E) => boolean,
): SearchIndex<E> {
  const isLeft = entries.map(isWanted);
  const ofWanted = <T>(all: readonly T[]) => all.filter((_, place) => isLeft[place]);
  return {
    entries: ofWanted(entries),
    titleWords: ofWanted(titleWords),
    folded: ofWanted(folded.split('\n')).join('\n'),
  };
}
