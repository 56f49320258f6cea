/** Text as the words that a search compares. */

const asciiOnly = /^[\t\n\r -~]*$/;
const asciiWords = /[a-z0-9]+(?:-[a-z0-9]+)*/g;
const words = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
const apostrophes = /['’]/g;

/**
 * The words of a text in order, folded: lower case, without accents, apostrophes dropped. A hyphenated word gives its
 * parts and the whole without hyphens, so that `pre-training` is found by “pretraining” and `GPT-2` by “gpt2”.
 */
export function tokenise(text: string): string[] {
  const ascii = asciiOnly.test(text);
  const folded = (ascii ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')).toLowerCase().replace(apostrophes, '');
  const found = folded.match(ascii ? asciiWords : words) ?? [];
  const tokens: string[] = [];
  for (const word of found) {
    if (!word.includes('-')) tokens.push(word);
    else tokens.push(...word.split('-'), word.replaceAll('-', ''));
  }
  return tokens;
}

/** The words that were typed: a hyphen only separates, because each word must be found. */
export function tokeniseQuery(query: string): string[] {
  return [...new Set(tokenise(query.replaceAll('-', ' ')))];
}
