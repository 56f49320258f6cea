import { foldForSearch } from './fold.js';

/**
 * The part of a text around the first place where a word of it stands.
 * @param word a folded word, as search() reports it.
 */
export function excerpt(text: string, word: string): string {
  const before = 6;
  const after = 14;
  const words = text.trim().split(/\s+/);
  const place = words.findIndex((each) => foldForSearch(each).includes(word));
  const start = Math.max(0, place - before);
  const end = Math.min(words.length, Math.max(0, place) + after);
  return `${start > 0 ? '... ' : ''}${words.slice(start, end).join(' ')}${end < words.length ? ' ...' : ''}`;
}
