import type { OrderQuestion } from '../../curriculum/model.js';
import { scrambledOrder } from '../option-order.js';
import { labels, readPositions } from '../read-positions.js';
import { type KindOf, resultOf } from './kind.js';

/** Steps to be put in their order. */
export const order: KindOf<'order'> = {
  draw(question, seed) {
    const items = shown(question, seed).flatMap((position) => question.items[position] ?? []);
    return { prompt: question.prompt, explanation: question.explanation, form: { kind: 'order', items } };
  },

  parse(question, seed, input) {
    const items = shown(question, seed).flatMap((position) => question.items[position] ?? []);
    const positions = readPositions(input, items);
    if ('problem' in positions) return positions;
    if (positions.length !== items.length || new Set(positions).size !== items.length) {
      return { problem: `every one of ${labels(items.length)} once, in the right order` };
    }
    return { type: 'order', order: positions };
  },

  grade(question, seed, answer) {
    const positions = shown(question, seed);
    const score = concordance(answer.order.map((place) => positions[place] ?? 0));
    return { result: resultOf(score), score, remarks: [] };
  },

  expected({ items }) {
    return items.map((item, index) => `${index + 1}. ${item}`).join('  ');
  },
};

function shown(question: OrderQuestion, seed: string): readonly number[] {
  return scrambledOrder(question, seed, 'items', question.items.length);
}

/** Kendall's tau of an order against 0, 1, 2 ..., cut at 0: what chance gives is worth nothing. */
function concordance(positions: readonly number[]): number {
  let concordant = 0;
  let pairs = 0;
  for (const [index, position] of positions.entries()) {
    for (const later of positions.slice(index + 1)) {
      pairs++;
      if (later > position) concordant++;
    }
  }
  return pairs === 0 ? 1 : Math.max(0, (2 * concordant) / pairs - 1);
}
