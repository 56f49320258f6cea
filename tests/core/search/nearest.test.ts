import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/core/search/nearest.js';

const commands = ['next', 'list', 'lint', 'show', 'start', 'status', 'build-mlp-numpy', 'build-mlp-torch'];

describe('the nearest words', () => {
  it.each([
    ['nxet', ['next']],
    ['lits', ['list']],
    ['statsu', ['status']],
    ['LIST', ['list', 'lint']],
    ['build-mlp', ['build-mlp-numpy', 'build-mlp-torch']],
    ['build-mlp-nunpy', ['build-mlp-numpy']],
    ['xyzzy', []],
    ['', []],
    ['x'.repeat(10_000), []],
  ])('to “%s”', (word, expected) => {
    expect(nearest(word, commands, 2)).toEqual(expected);
  });

  it('begin with the word itself when it is there', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const [first = ''] = words;
        expect(nearest(first, words, 3)[0]).toBe(first);
      }),
    );
  });
});
