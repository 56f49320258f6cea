import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../src/core/search/edit-distance.js';

describe('editDistance', () => {
  it.each([
    ['kitten', 'kitten', 3, 0],
    ['kitten', 'kittens', 3, 1],
    ['kitten', 'mitten', 3, 1],
    ['kitten', 'ktiten', 3, 1],
    ['kitten', 'sitting', 3, 3],
    ['kitten', 'sitting', 2, undefined],
    ['', 'abc', 3, 3],
    ['abc', '', 2, undefined],
  ])('%s to %s within %i: %s', (a, b, limit, expected) => {
    expect(editDistance(a, b, limit)).toBe(expected);
  });

  const word = fc.stringMatching(/^[ab]{0,8}$/);

  it('is symmetric, and zero only for the same word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 8)).toBe(editDistance(b, a, 8));
        expect(editDistance(a, b, 8) === 0).toBe(a === b);
      }),
    );
  });

  it('gives the same distance under any limit that allows it', () => {
    fc.assert(
      fc.property(word, word, fc.nat(8), (a, b, limit) => {
        const distance = editDistance(a, b, 8) ?? 9;
        expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : undefined);
      }),
    );
  });
});
