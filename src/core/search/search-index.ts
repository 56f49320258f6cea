/** Entries as a search looks through them: all their texts in one, folded, so that most of it is never taken apart. */
import { foldForSearch, foldSpelling, wordsOf } from './fold.js';

/** What the score of an entry depends on besides its texts; entries of a sort share it. */
export interface EntrySort {
  readonly fields: readonly { readonly name: string; readonly weight: number }[];
  /** Multiplies the score: below 1 for what is better found last. */
  readonly standing?: number | undefined;
}

/** Something that can be found. */
export interface Searchable<S extends EntrySort = EntrySort> {
  readonly id: string;
  readonly title: string;
  readonly sort: S;
  /** The text of each field of the sort, as it was written. The first begins with the title. */
  texts(): readonly string[];
}

/** Entries go by their place, counted from 0; one is made only when it is asked for. */
export interface SearchIndex<E extends Searchable = Searchable> {
  readonly count: number;
  readonly sorts: readonly E['sort'][];
  /** Of each entry: the number of its sort. */
  readonly sortOf: readonly number[];
  /** Of each entry: how many different words its title has. */
  readonly titleWords: readonly number[];
  /** The folded texts of all entries; a sign ends each field, another each entry. */
  readonly folded: string;
  entry(place: number): E;
}

/** Signs that stand in no folded text, and that JSON leaves as they are: reading escaped ones takes long. */
export const fieldEnd = '|';
export const entryEnd = '~';

export function indexEntries<E extends Searchable>(entries: readonly E[]): SearchIndex<E> {
  const sorts: E['sort'][] = [];
  const numbers = new Map<string, number>();
  const sortOf = entries.map(({ sort }) => {
    const json = JSON.stringify(sort);
    const number = numbers.get(json) ?? sorts.push(sort) - 1;
    numbers.set(json, number);
    return number;
  });
  return {
    count: entries.length,
    sorts,
    sortOf,
    titleWords: entries.map(({ title }) => new Set(wordsOf(foldSpelling(title))).size),
    folded: entries.map((entry) => foldEntry(entry.texts())).join(''),
    entry: (place) => at(entries, place),
  };
}

function foldEntry(texts: readonly string[]): string {
  const fields = texts.map((text) => foldForSearch(text).replace(/[\t\n|~"\\]/g, ' ') + fieldEnd);
  return fields.join('') + entryEnd;
}

/** One index after the other. */
export function joinIndices<E extends Searchable>(a: SearchIndex<E>, b: SearchIndex<E>): SearchIndex<E> {
  if (b.count === 0) return a;
  return {
    count: a.count + b.count,
    sorts: [...a.sorts, ...b.sorts],
    sortOf: [...a.sortOf, ...b.sortOf.map((number) => a.sorts.length + number)],
    titleWords: [...a.titleWords, ...b.titleWords],
    folded: a.folded + b.folded,
    entry: (place) => (place < a.count ? a.entry(place) : b.entry(place - a.count)),
  };
}

/** The entries of the sorts of which this holds. */
export function filterIndex<E extends Searchable>(
  index: SearchIndex<E>,
  isWanted: (sort: E['sort']) => boolean,
): SearchIndex<E> {
  const isLeft = index.sorts.map(isWanted);
  const places = [...index.sortOf.keys()].filter((place) => isLeft[at(index.sortOf, place)]);
  const ofWanted = <T>(all: readonly T[]) => places.map((place) => at(all, place));
  return {
    count: places.length,
    sorts: index.sorts,
    sortOf: ofWanted(index.sortOf),
    titleWords: ofWanted(index.titleWords),
    folded: ofWanted(index.folded.split(entryEnd))
      .map((texts) => texts + entryEnd)
      .join(''),
    entry: (place) => index.entry(at(places, place)),
  };
}

function at<T>(all: readonly T[], place: number): T {
  const found = all[place];
  if (found === undefined) throw new RangeError(`There is no entry ${place}: there are ${all.length}.`);
  return found;
}
