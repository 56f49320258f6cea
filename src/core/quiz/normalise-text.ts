/**
 * Text as answers are compared: without case, width, kinds of quotation mark and dash, closing
 * punctuation, and the difference between hyphen and space. Two texts that normalise alike are the same answer.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u201b\u2032`]/g, "'")
    .replace(/[\u201c\u201d\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/^[\s"']+|[\s"'.,;:!?]+$/g, '')
    .replace(/-/g, (_, offset: number, whole: string) => (isHyphen(whole, offset) ? ' ' : '−'))
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/** A hyphen joins words; anywhere else, and in an exponent such as 1e-3, it is a minus sign. */
function isHyphen(text: string, offset: number): boolean {
  const before = text.slice(0, offset);
  const after = text.slice(offset + 1);
  if (/\de$/.test(before) && /^\d/.test(after)) return false;
  if (/\p{L}['"]?$/u.test(before)) return /^['"]?[\p{L}\d]/u.test(after);
  return /\d$/.test(before) && /^\p{L}/u.test(after);
}

/** The same without spaces: `saddle-point`, `saddle point` and `saddlepoint` are one answer. */
export function joinText(text: string): string {
  return normaliseText(text).replaceAll(' ', '');
}
