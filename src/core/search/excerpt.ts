import { tokenise } from './tokenise.js';

/**
 * The part of a text around the first place where a word of it stands.
 * @param word a folded word, as search() reports it.
 * @param length words before and after it.
 */
export function excerpt(text: string, word: string, { before = 6, after = 14 } = {}): string {
  const words = text.trim().split(/\s+/);
  const place = words.findIndex((each) => tokenise(each).includes(word));
  if (place < 0) return words.slice(0, before + after).join(' ');
  const start = Math.max(0, place - before);
  const end = Math.min(words.length, place + after);
  return `${start > 0 ? '... ' : ''}${words.slice(start, end).join(' ')}${end < words.length ? ' ...' : ''}`;
}
