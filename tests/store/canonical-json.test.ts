import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/store/canonical-json.js';

const key = fc.oneof(fc.constantFrom('10', '9', '', 'a', 'b', '__proto__', 'B'), fc.string({ maxLength: 3 }));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 'x', 0, -0, 1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(fromPairs),
  ),
}));

/** As JSON.parse makes it: `__proto__` is a key like any other. */
function fromPairs(pairs: readonly (readonly [string, unknown])[]): unknown {
  return JSON.parse(`{${pairs.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join(',')}}`);
}

function reverse(each: unknown): unknown {
  if (Array.isArray(each)) return each.map(reverse);
  if (typeof each !== 'object' || each === null) return each;
  return fromPairs(
    Object.entries(each)
      .reverse()
      .map(([name, inner]) => [name, reverse(inner)]),
  );
}

describe('the JSON of payloads', () => {
  it('is the same whatever the order of the keys, and when it is written again', () => {
    fc.assert(
      fc.property(value, (each) => {
        const text = canonicalJson(each);
        expect(canonicalJson(reverse(each))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(each)));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out keys that are undefined', () => {
    expect(canonicalJson({ a: 1, b: undefined, c: { d: undefined } })).toBe('{"a":1,"c":{}}');
    expect(canonicalJson(undefined)).toBe('null');
  });
});
