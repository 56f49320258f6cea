/**
 * Ranked, typo-tolerant search: looking through the folded texts of a curriculum takes a few milliseconds, less than
 * loading a search library does.
 */
import { editDistance } from './edit-distance.js';
import { foldForSearch, foldSpelling, isWordAt, wordsOf } from './fold.js';
import { type EntrySort, entryEnd, fieldEnd, type SearchIndex } from './search-index.js';

export interface Hit {
  /** Of the entry in the index. */
  readonly place: number;
  readonly score: number;
  /** Place of the field with the best match among those of the entry, and the folded word that was found there. */
  readonly field: number;
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
export function searchIndex(index: SearchIndex, query: string): readonly Hit[] {
  const wanted = [...new Set(wordsOf(foldSpelling(query)))];
  if (wanted.length === 0) return [];
  const { sorts, sortOf, titleWords, folded } = index;
  const forms = wanted.map((word) => formsOf(word, folded));
  const name = foldForSearch(query.trim());
  const hits: { readonly hit: Hit; readonly rank: number }[] = [];
  for (const { place, texts } of entriesWith(folded, forms)) {
    const sort = sorts[sortOf[place] ?? -1];
    const count = titleWords[place] ?? 0;
    const match = sort && matchTexts(sort, texts, forms);
    if (!match) continue;
    // A title that says little else counts more.
    const focus = Math.min(1, forms.length / Math.max(1, count));
    const score = Math.round((match.points + 3 * focus) * (sort.standing ?? 1) * 100) / 100;
    const isTitle = count === wanted.length && wordsOfTitle(texts[0] ?? '', count).join(' ') === wanted.join(' ');
    const exactness = isTitle ? 2 : sort.fields.some((field, at) => field.name === 'id' && texts[at] === name) ? 1 : 0;
    hits.push({
      hit: { place, score, field: match.field, word: match.word },
      rank: exactness * beyondAnyScore + score,
    });
  }
  hits.sort((a, b) => b.rank - a.rank);
  return hits.map(({ hit }) => hit);
}

const beyondAnyScore = 1e9;

/** The entries whose texts hold a form of every word, wherever in a word it stands. */
function entriesWith(
  folded: string,
  forms: readonly (readonly Form[])[],
): readonly { readonly place: number; readonly texts: readonly string[] }[] {
  const found: { place: number; texts: readonly string[] }[] = [];
  let start = 0;
  for (let place = 0; start < folded.length; place += 1) {
    const end = folded.indexOf(entryEnd, start);
    const all = folded.slice(start, end);
    if (forms.every((alternatives) => alternatives.some(({ word }) => all.includes(word))))
      found.push({ place, texts: all.split(fieldEnd) });
    start = end + 1;
  }
  return found;
}

/** The first different words of a folded title: those of the title itself, without what folding has added. */
function wordsOfTitle(folded: string, count: number): readonly string[] {
  return [...new Set(wordsOf(folded))].slice(0, count);
}

function formsOf(word: string, folded: string): readonly Form[] {
  const asTyped = { word, quality: 1, asTyped: true };
  const singular = { word: word.slice(0, -1), quality: 0.9, asTyped: true };
  const plain = word.length > 4 && /[^s]s$/.test(word) ? [asTyped, singular] : [asTyped];
  if (plain.some((form) => occursIn(folded, form))) return plain;
  // 2025 is not a misspelling of 2026, nor GPT-2 of GPT-3.
  if (word.length < 4 || /\d/.test(word)) return [];
  const limit = word.length >= 8 ? 2 : 1;
  const lengths = `{${word.length - limit},${word.length + limit}}`;
  // A word in another script than ASCII needs the slow classes.
  const similarLength = /^[a-z]+$/.test(word)
    ? new RegExp(`\\b[a-z]${lengths}\\b`, 'g')
    : new RegExp(`(?<![\\p{L}\\p{N}])\\p{L}${lengths}(?![\\p{L}\\p{N}])`, 'gu');
  const candidates = new Set(folded.match(similarLength) ?? []);
  return [...candidates].flatMap((candidate) => {
    const distance = editDistance(word, candidate, limit);
    return distance === undefined ? [] : [{ word: candidate, quality: distance === 1 ? 0.6 : 0.4, asTyped: false }];
  });
}

function occursIn(text: string, form: Form): boolean {
  for (let start = text.indexOf(form.word); start >= 0; start = text.indexOf(form.word, start + form.word.length)) {
    if (qualityAt(text, start, form) > 0) return true;
  }
  return false;
}

/** How often a form occurs in a folded text, and how well its best occurrence matches. */
function occurrences(text: string, form: Form): { readonly count: number; readonly quality: number } {
  const { word } = form;
  let count = 0;
  let best = 0;
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
    const value = qualityAt(text, start, form);
    if (value === 0) continue;
    count += 1;
    best = Math.max(best, value);
  }
  return { count, quality: best };
}

/** How well a form matches where its letters stand, 0 to 1. */
function qualityAt(text: string, start: number, { word, quality, asTyped }: Form): number {
  const end = start + word.length;
  const begins = !isWordAt(text, start - 1);
  if (begins && !isWordAt(text, end)) return quality;
  return asTyped ? partial(text, word, end, begins) : 0;
}

/** The quality of a word as typed that is only a part of the word in the text. */
function partial(text: string, word: string, end: number, begins: boolean): number {
  if (!begins) return word.length >= 4 || !/^[a-z0-9]/.test(word) ? 0.65 : 0;
  let rest = end;
  while (isWordAt(text, rest)) rest += 1;
  return 0.7 + (0.25 * word.length) / (rest - end + word.length);
}

function matchTexts(
  { fields }: EntrySort,
  texts: readonly string[],
  forms: readonly (readonly Form[])[],
): { readonly points: number; readonly field: number; readonly word: string } | undefined {
  let sum = 0;
  let echoes = 0;
  let top: { readonly field: number; readonly word: string; readonly points: number } | undefined;
  for (const alternatives of forms) {
    let best = 0;
    for (let field = 0; field < fields.length; field += 1) {
      const weight = fields[field]?.weight ?? 0;
      for (const form of alternatives) {
        const found = occurrences(texts[field] ?? '', form);
        const points = found.quality * weight;
        echoes += points * found.count;
        best = Math.max(best, points);
        if (points > (top?.points ?? 0)) top = { field, word: form.word, points };
      }
    }
    if (best === 0) return undefined;
    sum += best;
  }
  // Further occurrences count a little, and less and less.
  return top && { ...top, points: sum + Math.log1p(echoes) };
}
