import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUtf8Decoder } from '../../src/platform/utf8-decoder.js';

function decodeInPieces(bytes: Uint8Array, places: readonly number[]): string {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const decoder = createUtf8Decoder();
  const parts = ends.map((end, index) => decoder.take(bytes.subarray(ends[index - 1] ?? 0, end)));
  return [...parts, decoder.end()].join('');
}

const texts = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom('\uFEFF', 'é', '漢', '🙂'),
  ),
);

describe('createUtf8Decoder', () => {
  it('gives the same text wherever it is cut, without the mark at its begin', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat()), (parts, places) => {
        const bytes = new TextEncoder().encode(parts.join(''));
        expect(decodeInPieces(bytes, places)).toBe(new TextDecoder().decode(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is not UTF-8, as a decoder of the whole does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.array(fc.nat()), (bytes, places) => {
        const whole = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        let expected: string | undefined;
        try {
          expected = whole();
        } catch {
          expect(() => decodeInPieces(bytes, places)).toThrow(TypeError);
        }
        if (expected !== undefined) expect(decodeInPieces(bytes, places)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
