import type { MatchQuestion } from '../../curriculum/model.js';
import { shownOrder } from '../option-order.js';
import { labels, readPositions } from '../read-positions.js';
import { type KindOf, resultOf } from './kind.js';

/** Pairs to be found; extra right-hand sides belong to nothing. */
export const match: KindOf<'match'> = {
  draw(question, seed) {
    const { left, right } = shown(question, seed);
    return {
      prompt: question.prompt,
      explanation: question.explanation,
      form: { kind: 'match', left: left.map((pair) => pair.left), right },
    };
  },

  parse(question, seed, input) {
    const { left, right } = shown(question, seed);
    const positions = readPositions(inOrder(input, left), right);
    if ('problem' in positions) return positions;
    if (positions.length !== left.length) {
      return { problem: `${left.length} right-hand sides, one for each left-hand side: ${labels(right.length)}` };
    }
    if (new Set(positions).size !== positions.length)
      return { problem: 'each right-hand side belongs to one left-hand side' };
    return { type: 'match', pairs: positions };
  },

  grade(question, seed, { pairs }) {
    const { left, right } = shown(question, seed);
    const wrong = left.filter((pair, index) => right[pairs[index] ?? -1] !== pair.right);
    const score = 1 - wrong.length / left.length;
    const remarks = score > 0 ? wrong.map((pair) => `${pair.left} → ${pair.right}`) : [];
    return { result: resultOf(score), score, remarks };
  },

  expected({ pairs }) {
    return pairs.map(({ left, right }) => `${left} → ${right}`).join('; ');
  },
};

function shown(question: MatchQuestion, seed: string) {
  const { pairs, extra = [] } = question;
  const rights = [...pairs.map(({ right }) => right), ...extra];
  return {
    left: shownOrder(question, seed, 'left', pairs.length).flatMap((position) => pairs[position] ?? []),
    right: shownOrder(question, seed, 'right', rights.length).flatMap((position) => rights[position] ?? []),
  };
}

/** What a mapping `left: right` or pairs such as `a2 b1 c3` say, in the order of the left-hand sides. */
function inOrder(input: unknown, left: MatchQuestion['pairs']): unknown {
  if (typeof input === 'string') {
    const marked = [...input.toLowerCase().matchAll(/([a-e])\s?[-=:→]?\s?([1-8])(?![\d])/g)];
    const isAll = marked.length === left.length && input.replace(/[^a-z0-9]/gi, '').length === marked.length * 2;
    if (!isAll || new Set(marked.map(([, mark]) => mark)).size !== left.length) return input;
    return marked.sort(([, a = ''], [, b = '']) => (a < b ? -1 : 1)).map(([, , place]) => place);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const entries = new Map(Object.entries(input));
  return left.map((pair, index) => entries.get(pair.left) ?? entries.get(String.fromCharCode(97 + index)) ?? '');
}
