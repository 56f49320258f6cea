/**
 * Ranked, typo-tolerant search: looking through the folded texts of a curriculum takes a few milliseconds, less than
 * loading a search library does. The texts are one string, and what is found is counted by the place of its entry:
 * taking ten thousand entries apart would take longer than all the rest.
 */
import { foldForSearch, foldSpelling, wordsOf } from './fold.js';
import { type Form, formsOf, qualityAt } from './forms.js';
import { entryEnd, fieldEnd, type SearchIndex } from './search-index.js';

export interface Hit {
  /** Of the entry in the index. */
  readonly place: number;
  readonly score: number;
  /** Place of the field with the best match among those of the entry, and the folded word that was found there. */
  readonly field: number;
  readonly word: string;
}

export interface Hits {
  /** How many there are. */
  readonly total: number;
  readonly best: readonly Hit[];
}

/**
 * The entries in which every word of the query occurs, best first. A word matches itself, a longer word that begins
 * with it or (from four letters) holds it. One that occurs nowhere matches words one typo away, from eight letters
 * two. An entry whose title or id is the query comes before all others; equal scores stay in the order given.
 * @param limit of those that are told.
 */
export function searchIndex(index: SearchIndex, query: string, limit = Number.POSITIVE_INFINITY): Hits {
  const wanted = [...new Set(wordsOf(foldSpelling(query)))];
  if (wanted.length === 0) return { total: 0, best: [] };
  const starts = startsOf(index);
  const found = wanted.map((word) => findForms(index, starts, formsOf(word, index.folded)));
  const scores = scoresOf(index, found);
  const exactness = exactnessOf(index, starts, query, wanted);
  const ranks = scores.map((score, place) => (score === 0 ? 0 : exactness(place) * beyondAnyScore + score));
  const places = [...ranks.keys()].filter((place) => ranks[place]);
  places.sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0));
  return { total: places.length, best: places.slice(0, limit).map((place) => hitAt(place, scores[place] ?? 0, found)) };
}

const beyondAnyScore = 1e9;

/** Where the texts of each entry begin, and where those of the last one end. */
function startsOf({ folded, count }: SearchIndex): readonly number[] {
  const starts = [0];
  for (let place = 0; place < count; place += 1) starts.push(endOf(folded, entryEnd, starts[place]));
  return starts;
}

/** What the forms of one word come to in each entry, by its place. */
interface Found {
  readonly forms: readonly Form[];
  /** Points of the best occurrence; 0 where there is none. */
  readonly best: Float64Array;
  /** Where that one stands, and which form it is of. */
  readonly field: Uint16Array;
  readonly form: Uint16Array;
  /** Points of all occurrences. */
  readonly echoes: Float64Array;
}

function findForms(index: SearchIndex, starts: readonly number[], forms: readonly Form[]): Found {
  const { count, folded, sorts, sortOf } = index;
  const best = new Float64Array(count);
  const field = new Uint16Array(count);
  const form = new Uint16Array(count);
  const echoes = new Float64Array(count);
  for (const [number, each] of forms.entries()) {
    eachFieldWith(folded, starts, each, (place, at, times, quality) => {
      const points = quality * (sorts[sortOf[place] ?? -1]?.fields[at]?.weight ?? 0);
      echoes[place] = (echoes[place] ?? 0) + points * times;
      if (points <= (best[place] ?? 0)) return;
      best[place] = points;
      field[place] = at;
      form[place] = number;
    });
  }
  return { forms, best, field, form, echoes };
}

/** Calls `visit` for each field that a form occurs in, with how often, and how well its best occurrence matches. */
function eachFieldWith(
  folded: string,
  starts: readonly number[],
  form: Form,
  visit: (place: number, field: number, times: number, quality: number) => void,
): void {
  const { word } = form;
  let place = -1;
  let field = 0;
  let end = 0;
  let times = 0;
  let best = 0;
  for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + word.length)) {
    const quality = qualityAt(folded, start, form);
    if (quality === 0) continue;
    if (start >= end) {
      if (times > 0) visit(place, field, times, best);
      times = 0;
      best = 0;
      while (start >= (starts[place + 1] ?? Number.POSITIVE_INFINITY)) {
        place += 1;
        field = 0;
        end = endOf(folded, fieldEnd, starts[place]);
      }
      for (; start >= end; end = endOf(folded, fieldEnd, end)) field += 1;
    }
    times += 1;
    best = Math.max(best, quality);
  }
  if (times > 0) visit(place, field, times, best);
}

/** The score of each entry, by its place; 0 where a word is missing. */
function scoresOf({ count, sorts, sortOf, titleWords }: SearchIndex, found: readonly Found[]): Float64Array {
  const sums = new Float64Array(count);
  const echoes = new Float64Array(count);
  for (const [number, word] of found.entries()) {
    for (let place = 0; place < count; place += 1) {
      const points = word.best[place] ?? 0;
      const before = sums[place] ?? 0;
      sums[place] = points === 0 || (before === 0 && number > 0) ? 0 : before + points;
      echoes[place] = (echoes[place] ?? 0) + (word.echoes[place] ?? 0);
    }
  }
  return sums.map((sum, place) => {
    if (sum === 0) return 0;
    // Further occurrences count a little, and less and less; a title that says little else counts more.
    const focus = Math.min(1, found.length / Math.max(1, titleWords[place] ?? 0));
    const standing = sorts[sortOf[place] ?? -1]?.standing ?? 1;
    return Math.round((sum + Math.log1p(echoes[place] ?? 0) + 3 * focus) * standing * 100) / 100;
  });
}

function hitAt(place: number, score: number, found: readonly Found[]): Hit {
  const pointsOf = ({ best }: Found) => best[place] ?? 0;
  const top = found.reduce((best, word) => (pointsOf(word) > pointsOf(best) ? word : best));
  return { place, score, field: top.field[place] ?? 0, word: top.forms[top.form[place] ?? 0]?.word ?? '' };
}

/** 2 for an entry whose title is the query, 1 for one whose id it is, 0 for all others. */
function exactnessOf(
  { sorts, sortOf, titleWords, folded }: SearchIndex,
  starts: readonly number[],
  query: string,
  wanted: readonly string[],
): (place: number) => number {
  const title = wanted.join(' ');
  const name = foldForSearch(query.trim()) + fieldEnd;
  const idFields = sorts.map(({ fields }) => fields.findIndex((field) => field.name === 'id'));
  return (place) => {
    let start = starts[place] ?? 0;
    // What folding adds to a title stands after the words of its own.
    const own = titleWords[place] ?? 0;
    if (own === wanted.length) {
      const words = new Set(wordsOf(folded.slice(start, folded.indexOf(fieldEnd, start))));
      if ([...words].slice(0, own).join(' ') === title) return 2;
    }
    const idField = idFields[sortOf[place] ?? -1] ?? -1;
    for (let field = 0; field < idField; field += 1) start = endOf(folded, fieldEnd, start);
    return idField >= 0 && folded.startsWith(name, start) ? 1 : 0;
  };
}

/** Just after the next such sign. */
function endOf(folded: string, sign: string, from = 0): number {
  const at = folded.indexOf(sign, from);
  return at < 0 ? folded.length : at + 1;
}
