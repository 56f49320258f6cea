import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextEventId } from '../../src/platform/event-id.js';
import { seededRandom } from '../../src/platform/random.js';

const random = seededRandom('ids');
const millis = Date.parse('2026-09-30T12:00:00.000Z');
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('nextEventId', () => {
  it('is a UUIDv7 that begins with the time', () => {
    const id = nextEventId(millis, undefined, random);
    expect(id).toMatch(shape);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(millis);
  });

  it('always sorts after the newest id, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(steps, (moves) => {
        let now = millis;
        let newest: string | undefined;
        for (const move of moves) {
          now += move;
          const id = nextEventId(now, newest, random);
          expect(id).toMatch(shape);
          if (newest !== undefined) expect(id > newest).toBe(true);
          newest = id;
        }
      }),
    );
  });

  it('counts from the low bits into the high ones, past the version and the variant', () => {
    expect(nextEventId(0, '00000000-0001-7000-bfff-ffffffffffff', random)).toBe('00000000-0001-7001-8000-000000000000');
  });

  it('borrows a millisecond when the counter is full', () => {
    expect(nextEventId(0, '00000000-0001-7fff-bfff-ffffffffffff', random)).toBe('00000000-0002-7000-8000-000000000000');
  });

  it('starts afresh after an id that is no UUIDv7', () => {
    expect(nextEventId(millis, 'zzz', random)).toMatch(shape);
  });
});
