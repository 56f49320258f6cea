/**
 * Ranked, typo-tolerant search without an index: a few hundred items are tokenised and compared in a few milliseconds,
 * less than loading a library costs.
 */
import { editDistance } from './edit-distance.js';
import { tokenise, tokeniseQuery } from './tokenise.js';

export interface Field {
  readonly name: string;
  readonly text: string;
  /** How much a match here counts. */
  readonly weight: number;
}

/** Something that can be found. */
export interface Searchable {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly Field[];
  /** Multiplies the score: below 1 for what is better found last. */
  readonly standing?: number;
}

export interface Hit<E> {
  readonly entry: E;
  readonly score: number;
  /** Where the best match is, and the word in it. */
  readonly field: Field;
  readonly word: string;
}

/**
 * The entries in which every word of the query occurs, best first. A word matches itself, a longer word that begins
 * with it or (from four letters) holds it, and a word one typo away (two from eight letters). An entry whose title or
 * id is the query comes before all others; equal scores stay in the order given.
 */
export function search<E extends Searchable>(entries: readonly E[], query: string): readonly Hit<E>[] {
  const wanted = tokeniseQuery(query);
  if (wanted.length === 0) return [];
  const qualities = compareWords(entries, wanted);
  const hits: (Hit<E> & { readonly exactness: number })[] = [];
  for (const entry of entries) {
    const hit = match(entry, wanted, qualities);
    if (hit) hits.push({ ...hit, exactness: exactness(entry, query, wanted) });
  }
  hits.sort((a, b) => b.exactness - a.exactness || b.score - a.score);
  return hits.map(({ exactness: _, ...hit }) => hit);
}

/** All words of the entries. */
export function vocabulary(entries: readonly Searchable[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { fields } of entries) for (const { text } of fields) for (const word of tokenise(text)) all.add(word);
  return all;
}

/** For each word of the entries that resembles a wanted one: how well it matches each of them, 0 to 1. */
type Qualities = ReadonlyMap<string, readonly number[]>;

function compareWords(entries: readonly Searchable[], wanted: readonly string[]): Qualities {
  const all = [...vocabulary(entries)];
  const columns = wanted.map((word) => {
    const found = all.map((candidate) => [candidate, quality(word, candidate)] as const).filter(([, value]) => value > 0);
    // When the word as typed exists, a near miss is rarely what was meant.
    const asTyped = found.some(([, value]) => value > typo);
    return new Map(asTyped ? found.map(([candidate, value]) => [candidate, value > typo ? value : value / 5]) : found);
  });
  const matching = new Set(columns.flatMap((column) => [...column.keys()]));
  return new Map([...matching].map((word) => [word, columns.map((column) => column.get(word) ?? 0)]));
}

const typo = 0.6;
const twoTypos = 0.4;

function quality(wanted: string, word: string): number {
  if (word === wanted) return 1;
  if (word.startsWith(wanted)) return 0.7 + (0.25 * wanted.length) / word.length;
  if (wanted.length < 4) return 0;
  if (word.includes(wanted)) return 0.65;
  // 2025 is not a misspelling of 2026, nor GPT-2 of GPT-3.
  if (/\d/.test(wanted)) return 0;
  const distance = editDistance(wanted, word, wanted.length >= 8 ? 2 : 1);
  return distance === undefined ? 0 : distance === 1 ? typo : twoTypos;
}

function match<E extends Searchable>(entry: E, wanted: readonly string[], qualities: Qualities): Hit<E> | undefined {
  const best = wanted.map(() => 0);
  let echoes = 0;
  let top: { readonly field: Field; readonly word: string; readonly value: number } | undefined;
  for (const field of entry.fields) {
    for (const word of tokenise(field.text)) {
      const matches = qualities.get(word);
      if (!matches) continue;
      let value = 0;
      for (const [index, each] of matches.entries()) {
        value += each * field.weight;
        best[index] = Math.max(best[index] ?? 0, each * field.weight);
      }
      echoes += value;
      if (!top || value > top.value) top = { field, word, value };
    }
  }
  if (!top || best.some((value) => value === 0)) return undefined;
  const sum = best.reduce((total, value) => total + value, 0);
  // Further occurrences count a little, and less and less; a title that says little else counts more.
  const focus = Math.min(1, wanted.length / Math.max(1, tokenise(entry.title).length));
  const score = (sum + Math.log1p(echoes) + 3 * focus) * (entry.standing ?? 1);
  return { entry, score: Math.round(score * 100) / 100, field: top.field, word: top.word };
}

function exactness(entry: Searchable, query: string, wanted: readonly string[]): number {
  if (tokeniseQuery(entry.title).join(' ') === wanted.join(' ')) return 2;
  return entry.id === query.trim().toLowerCase() ? 1 : 0;
}
