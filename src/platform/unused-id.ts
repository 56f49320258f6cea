import { newId } from './new-id.js';
import type { Random } from './random.js';

/** A new id that is not taken: a seed makes every run of the program draw the same ids. */
export function unusedId(random: Random, isTaken: (id: string) => boolean): string {
  let id = newId(random);
  while (isTaken(id)) id = newId(random);
  return id;
}
