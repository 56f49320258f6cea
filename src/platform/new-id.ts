import type { Random } from './random.js';

/**
 * A short random id for a thing the learner adds (a note, a piece of evidence, an attempt): 12 hex digits.
 * @param taken ids in use; with seeded chance every process draws the same numbers, so a draw may be one of them.
 */
export function newId(random: Random, taken: (id: string) => boolean): string {
  for (;;) {
    const id = [...random.bytes(6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (!taken(id)) return id;
  }
}
