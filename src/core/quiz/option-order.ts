import { createGenerator, shuffledIndices } from './generator.js';

/** In which order the parts of a question are shown: for each place on the screen, the author's position. */
export function shownOrder(
  question: { readonly id: string },
  seed: string,
  part: string,
  count: number,
): readonly number[] {
  return shuffledIndices(count, createGenerator(`${seed}/${question.id}/${part}`));
}

/** The same for a list that must not be shown in its right order. */
export function scrambledOrder(
  question: { readonly id: string },
  seed: string,
  part: string,
  count: number,
): readonly number[] {
  const generator = createGenerator(`${seed}/${question.id}/${part}`);
  for (let attempt = 0; attempt < 20; attempt++) {
    const order = shuffledIndices(count, generator);
    if (order.some((position, place) => position !== place)) return order;
  }
  return Array.from({ length: count }, (_, place) => count - 1 - place);
}
