import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitOutput } from '../../../src/core/lab/split-output.js';

const nonce = '0123456789abcdef'.repeat(2);
const mark = (id: string) => `\x1e${nonce}:${id}\x1e`;

function sections(pieces: readonly string[], ids: readonly string[]) {
  const output = splitOutput(nonce, 'load');
  for (const piece of pieces) output.write(piece);
  output.end();
  return { texts: ids.map((id) => output.section(id)), left: output.left() };
}

describe('what a graded process prints', () => {
  it('belongs to the check whose mark came last', () => {
    const text = `starting\n${mark('a')}one\n${mark('b')}${mark('c')}two\n${mark('end')}bye`;
    expect(sections([text], ['load', 'a', 'b', 'c'])).toEqual({ texts: ['starting\n', 'one\n', '', 'two\n'], left: 0 });
  });

  it('may look like a mark and be none', () => {
    const forged = `\x1e${'f'.repeat(32)}:b\x1e \x1e \x1e\x1e \x1e${nonce}:${'x'.repeat(500)}\x1e`;
    expect(sections([mark('a'), forged], ['a'])).toEqual({ texts: [forged], left: 0 });
  });

  it('is cut in the same way however it arrives', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(mark('a'), mark('b'), '\x1e', `\x1e${nonce}`, ':a\x1e'));
    fc.assert(
      fc.property(fc.array(part), fc.infiniteStream(fc.integer({ min: 1, max: 20 })), (parts, sizes) => {
        const text = parts.join('');
        const pieces: string[] = [];
        for (let at = 0; at < text.length; ) {
          const size = sizes.next().value;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(sections(pieces, ['load', 'a', 'b'])).toEqual(sections([text], ['load', 'a', 'b']));
      }),
    );
  });

  it('keeps its beginning and its end when it is long', () => {
    const long = 'a'.repeat(16_384) + 'b'.repeat(1_000_000) + 'c'.repeat(16_384);
    const { texts, left } = sections([mark('a'), long.slice(0, 100_000), long.slice(100_000)], ['a']);
    expect(texts[0]).toBe(`${'a'.repeat(16_384)}\n… 1000000 characters left out …\n${'c'.repeat(16_384)}`);
    expect(left).toBe(1_000_000);
  });

  it('is complete for a check when the next one has begun', () => {
    const output = splitOutput(nonce, 'load');
    output.write(`${mark('a')}one`);
    expect([output.isClosed('load'), output.isClosed('a')]).toEqual([true, false]);
    output.write(mark('b').slice(0, -1));
    expect(output.isClosed('a')).toBe(false);
    output.write('\x1e');
    expect(output.isClosed('a')).toBe(true);
  });
});
