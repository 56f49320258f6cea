import { acceptsText, expectedText } from '../accepts-text.js';
import { type KindOf, resultOf } from './kind.js';

/** Longer than any answer in a few words: what is beyond it was not meant. */
const longestAnswer = 300;

/** A word or a few, in any of the accepted spellings. */
export const text: KindOf<'text'> = {
  draw({ prompt, explanation }) {
    return { prompt, explanation, form: { kind: 'text' } };
  },

  parse(_question, _seed, input) {
    if (typeof input !== 'string' && typeof input !== 'number') return { problem: 'an answer here is a word or a few' };
    const written = String(input).trim();
    if (written.length > longestAnswer) return { problem: `an answer has at most ${longestAnswer} characters` };
    return { type: 'text', text: written };
  },

  grade({ answer: accepted }, _seed, { text: written }) {
    const score = acceptsText(accepted, written) ? 1 : 0;
    return { result: resultOf(score), score, remarks: [] };
  },

  expected({ answer }) {
    return expectedText(answer);
  },
};
