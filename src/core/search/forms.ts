/** A word of a query as it may stand in the texts, and how well it matches there. */
import { editDistance } from './edit-distance.js';
import { isWordAt } from './fold.js';

/** Something to look for: a word as it was typed, or a word of the texts that it may be a misspelling of. */
export interface Form {
  readonly word: string;
  /** How well a whole word matches, 0 to 1. */
  readonly quality: number;
  readonly asTyped: boolean;
}

/** @returns several when the word is a plural or occurs nowhere and may be misspelt; none when nothing resembles it. */
export function formsOf(word: string, folded: string): readonly Form[] {
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

/** How well a form matches where its letters stand, 0 to 1. */
export function qualityAt(text: string, start: number, { word, quality, asTyped }: Form): number {
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
