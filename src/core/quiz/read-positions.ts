/** Reading positions in a list as people give them: letters, numbers from 1, or the texts themselves. */
import { normaliseText } from './normalise-text.js';

export type Positions = readonly number[] | { readonly problem: string };

const label = /^(?:[a-h]|\d{1,2})[.)]?$/i;
const listed = /[\s,;>→]+/;

/**
 * Positions, from 0, in a list of texts.
 * @param input `b`, `a c`, `ac`, `2 1 3`, `213`, a number, or a list of these or of the texts.
 */
export function readPositions(input: unknown, texts: readonly string[]): Positions {
  const words = wordsIn(input, texts);
  if (!words) return { problem: `an answer here is ${labels(texts.length)}` };
  const positions: number[] = [];
  for (const word of words) {
    const position = positionOf(word, texts);
    if (position === undefined) {
      return { problem: `“${word.slice(0, 40)}” is not one of ${labels(texts.length)}` };
    }
    positions.push(position);
  }
  return positions;
}

/** `a to d, or 1 to 4`. */
export function labels(count: number): string {
  return `a to ${String.fromCharCode(96 + count)}, or 1 to ${count}`;
}

function wordsIn(input: unknown, texts: readonly string[]): readonly string[] | undefined {
  if (typeof input === 'number') return wordsIn(String(input), texts);
  if (Array.isArray(input)) {
    return input.every((each) => typeof each === 'string' || typeof each === 'number') ? input.map(String) : undefined;
  }
  if (typeof input !== 'string') return undefined;
  if (!label.test(input.trim()) && textPosition(input, texts) !== undefined) return [input];
  const words = input
    .trim()
    .split(listed)
    .filter((word) => word !== '');
  const [only] = words;
  // Letters and single digits may be written together.
  const isRun = words.length === 1 && only !== undefined && only.length > 1 && /^(?:[a-h]+|[1-8]+)$/i.test(only);
  return isRun ? [...only] : words;
}

function positionOf(word: string, texts: readonly string[]): number | undefined {
  const mark = label.test(word.trim()) ? word.trim().toLowerCase().replace(/[.)]$/, '') : '';
  const position = /^[a-h]$/.test(mark)
    ? mark.charCodeAt(0) - 97
    : mark !== ''
      ? Number(mark) - 1
      : textPosition(word, texts);
  return position !== undefined && position >= 0 && position < texts.length ? position : undefined;
}

function textPosition(text: string, texts: readonly string[]): number | undefined {
  const normal = normaliseText(text);
  const position = texts.findIndex((each) => normaliseText(each) === normal);
  return position < 0 || normal === '' ? undefined : position;
}
