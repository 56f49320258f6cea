import { acceptsText, expectedText } from '../accepts-text.js';
import { blanksOf } from '../blanks.js';
import { type KindOf, resultOf } from './kind.js';

const longestAnswer = 300;

/** A text with one to three blanks. */
export const cloze: KindOf<'cloze'> = {
  draw({ prompt, explanation, blanks }) {
    let shown = prompt;
    for (const { number, mark } of blanksOf(prompt)) {
      shown = shown.replaceAll(mark, blanks.length === 1 ? '____' : `__${number}__`);
    }
    return { prompt: shown, explanation, form: { kind: 'cloze', blanks: blanks.length } };
  },

  parse({ blanks }, _seed, input) {
    const texts = readTexts(input, blanks.length);
    if (texts?.length !== blanks.length) {
      return {
        problem:
          blanks.length === 1 ? 'one blank is to be filled' : `${blanks.length} blanks are to be filled: one; two`,
      };
    }
    if (texts.some((each) => each.length > longestAnswer))
      return { problem: `at most ${longestAnswer} characters a blank` };
    return { type: 'cloze', texts };
  },

  grade({ blanks }, _seed, { texts }) {
    const right = blanks.map((blank, index) => acceptsText(blank, texts[index] ?? ''));
    const score = right.filter(Boolean).length / Math.max(1, blanks.length);
    const remarks =
      score > 0 && score < 1
        ? blanks.flatMap((blank, index) => (right[index] ? [] : [`Blank ${index + 1}: ${expectedText(blank)}`]))
        : [];
    return { result: resultOf(score), score, remarks };
  },

  expected({ blanks }) {
    return blanks.map(expectedText).join('; ');
  },
};

function readTexts(input: unknown, count: number): readonly string[] | undefined {
  if (typeof input === 'number') return [String(input)];
  if (typeof input === 'string') {
    return (count === 1 ? [input] : input.split(/[;|\n]/)).map((each) => each.trim());
  }
  if (!Array.isArray(input)) return undefined;
  return input.every((each) => typeof each === 'string' || typeof each === 'number')
    ? input.map((each) => String(each).trim())
    : undefined;
}
