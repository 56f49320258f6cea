/** Text as a search compares it. */

const asciiOnly = /^[\t\n\r -~]*$/;

/** Lower case, without accents and apostrophes. */
export function fold(text: string): string {
  const plain = asciiOnly.test(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replace(/['’]/g, '');
}

/** Folded text with one spelling for British and American: whoever writes “behavior” or “regularization” finds both. */
export function foldSpelling(text: string): string {
  let folded = fold(text);
  if (folded.includes('our')) folded = folded.replace(/(vi|ol|av|ab|ghb|on|um)our/g, '$1or');
  if (folded.includes('z')) folded = folded.replace(/([iy])z(?=e|ing|ation)/g, '$1s');
  return folded;
}

/**
 * What a query is compared with: folded text in one spelling, in which hyphenated words stand a second time without
 * their hyphens, so that `pre-training` is found by “pretraining” and `GPT-2` by “gpt2”.
 */
export function foldForSearch(text: string): string {
  const folded = foldSpelling(text);
  if (!folded.includes('-')) return folded;
  const joined = compoundsOf(folded)?.map((word) => word.replaceAll('-', '')) ?? [];
  return joined.length === 0 ? folded : `${folded} ${joined.join(' ')}`;
}

/** The words of a folded text, in order. */
export function wordsOf(folded: string): readonly string[] {
  return folded.match(asciiOnly.test(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

// Classes of Unicode take a millisecond to make, so nothing makes them that does not meet them.
function compoundsOf(folded: string): readonly string[] | null {
  return folded.match(asciiOnly.test(folded) ? /[a-z0-9]+(?:-[a-z0-9]+)+/g : /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu);
}

/** Is the character at `index` part of a word? False beyond the ends. */
export function isWordAt(folded: string, index: number): boolean {
  const code = folded.charCodeAt(index);
  if (Number.isNaN(code)) return false;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  // A half of a pair is a letter of some script more often than a sign.
  return (code >= 0xd800 && code <= 0xdfff) || /[\p{L}\p{N}]/u.test(folded.charAt(index));
}
