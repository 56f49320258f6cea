/**
 * Ranked, typo-tolerant search without an index: looking through the few hundred kilobytes of a curriculum takes a few
 * milliseconds, less than loading a search library does.
 */
import { editDistance } from './edit-distance.js';
import { foldForSearch, foldSpelling, isWordAt, wordsOf } from './fold.js';

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
  /** Where the best match is, and the folded word that was found there. */
  readonly field: Field;
  readonly word: string;
}

/** Something to look for: a word as it was typed, or a word of the texts that it may be a misspelling of. */
interface Form {
  readonly word: string;
  /** How well a whole word matches, 0 to 1. */
  readonly quality: number;
  readonly asTyped: boolean;
}

/**
 * The entries in which every word of the query occurs, best first. A word matches itself, a longer word that begins
 * with it or (from four letters) holds it. One that occurs nowhere matches words one typo away, from eight letters
 * two. An entry whose title or id is the query comes before all others; equal scores stay in the order given.
 */
export function search<E extends Searchable>(entries: readonly E[], query: string): readonly Hit<E>[] {
  const wanted = [...new Set(wordsOf(foldSpelling(query)))];
  if (wanted.length === 0) return [];
  const folded = entries.map((entry) => ({ entry, texts: entry.fields.map(({ text }) => foldForSearch(text)) }));
  const texts = folded.flatMap((each) => each.texts);
  const forms = wanted.map((word) => formsOf(word, texts));
  const hits = folded.flatMap(({ entry, texts }) => {
    const hit = match(entry, texts, forms);
    return hit ? [{ hit, exactness: exactness(entry, query, wanted) }] : [];
  });
  hits.sort((a, b) => b.exactness - a.exactness || b.hit.score - a.hit.score);
  return hits.map(({ hit }) => hit);
}

function formsOf(word: string, texts: readonly string[]): readonly Form[] {
  const asTyped = { word, quality: 1, asTyped: true };
  const singular = { word: word.slice(0, -1), quality: 0.9, asTyped: true };
  const plain = word.length > 4 && /[^s]s$/.test(word) ? [asTyped, singular] : [asTyped];
  if (plain.some((form) => texts.some((text) => occurrences(text, form).quality > 0))) return plain;
  // 2025 is not a misspelling of 2026, nor GPT-2 of GPT-3.
  if (word.length < 4 || /\d/.test(word)) return [];
  const limit = word.length >= 8 ? 2 : 1;
  const lengths = `{${word.length - limit},${word.length + limit}}`;
  // A word in another script than ASCII needs the slow classes.
  const similarLength = /^[a-z]+$/.test(word)
    ? new RegExp(`\\b[a-z]${lengths}\\b`, 'g')
    : new RegExp(`(?<![\\p{L}\\p{N}])\\p{L}${lengths}(?![\\p{L}\\p{N}])`, 'gu');
  const candidates = new Set(texts.flatMap((text) => text.match(similarLength) ?? []));
  return [...candidates].flatMap((candidate) => {
    const distance = editDistance(word, candidate, limit);
    return distance === undefined ? [] : [{ word: candidate, quality: distance === 1 ? 0.6 : 0.4, asTyped: false }];
  });
}

/** How often a form occurs in a folded text, and how well its best occurrence matches. */
function occurrences(
  text: string,
  { word, quality, asTyped }: Form,
): { readonly count: number; readonly quality: number } {
  let count = 0;
  let best = 0;
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
    const end = start + word.length;
    const begins = !isWordAt(text, start - 1);
    const value = begins && !isWordAt(text, end) ? quality : asTyped ? partial(text, word, end, begins) : 0;
    if (value === 0) continue;
    count += 1;
    best = Math.max(best, value);
  }
  return { count, quality: best };
}

/** The quality of a word as typed that is only a part of the word in the text. */
function partial(text: string, word: string, end: number, begins: boolean): number {
  if (!begins) return word.length >= 4 || !/^[a-z0-9]/.test(word) ? 0.65 : 0;
  let rest = end;
  while (isWordAt(text, rest)) rest += 1;
  return 0.7 + (0.25 * word.length) / (rest - end + word.length);
}

function match<E extends Searchable>(
  entry: E,
  texts: readonly string[],
  forms: readonly (readonly Form[])[],
): Hit<E> | undefined {
  let sum = 0;
  let echoes = 0;
  let top: { readonly field: Field; readonly word: string; readonly points: number } | undefined;
  for (const alternatives of forms) {
    let best = 0;
    for (const [index, field] of entry.fields.entries()) {
      for (const form of alternatives) {
        const found = occurrences(texts[index] ?? '', form);
        const points = found.quality * field.weight;
        echoes += points * found.count;
        best = Math.max(best, points);
        if (points > (top?.points ?? 0)) top = { field, word: form.word, points };
      }
    }
    if (best === 0) return undefined;
    sum += best;
  }
  if (!top) return undefined;
  // Further occurrences count a little, and less and less; a title that says little else counts more.
  const focus = Math.min(1, forms.length / Math.max(1, wordsOf(foldSpelling(entry.title)).length));
  const score = (sum + Math.log1p(echoes) + 3 * focus) * (entry.standing ?? 1);
  return { entry, score: Math.round(score * 100) / 100, field: top.field, word: top.word };
}

function exactness(entry: Searchable, query: string, wanted: readonly string[]): number {
  if ([...new Set(wordsOf(foldSpelling(entry.title)))].join(' ') === wanted.join(' ')) return 2;
  return entry.id === query.trim().toLowerCase() ? 1 : 0;
}
