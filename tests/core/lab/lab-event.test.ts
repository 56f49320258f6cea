import { describe, expect, it } from 'vitest';
import { createEventReader } from '../../../src/core/lab/lab-event.js';

const nonce = 'ab'.repeat(16);
const line = (i: number, event: object, n = nonce) => JSON.stringify({ n, i, ...event });
const start = { t: 'start', id: 'a' };

describe('reading the grader’s events', () => {
  it('takes them in their order, and drops what it does not know of them', () => {
    const { read } = createEventReader(nonce);
    expect(read(line(0, { t: 'done', counts: { pass: 3 } }))).toEqual({ t: 'done' });
    expect(read(line(1, start))).toEqual(start);
  });

  it('takes nothing with another nonce, number or form', () => {
    const { read } = createEventReader(nonce);
    for (const bad of [
      line(0, start, 'cd'.repeat(16)),
      line(1, start),
      JSON.stringify(start),
      '',
      'null',
      `"${nonce}"`,
      `{"n": "${nonce}", "i": 0, "t": "start"`,
      `{"n": "${nonce}", "i": "0", "t": "start", "id": "a"}`,
    ]) {
      expect(read(bad)).toBeUndefined();
    }
    expect(read(line(0, start))).toEqual(start);
    expect(read(line(0, start))).toBeUndefined();
  });

  it('goes on after an event of a kind that it does not know', () => {
    const { read } = createEventReader(nonce);
    expect(read(line(0, { t: 'news' }))).toBeUndefined();
    expect(read(line(1, start))).toEqual(start);
  });

  it('finds an event behind what was written in front of it', () => {
    const { read } = createEventReader(nonce);
    expect(read(`garbage {"n": "${line(0, start)}`)).toEqual(start);
  });

  it('takes no numbers that are none, and cuts long texts', () => {
    const { read } = createEventReader(nonce);
    const check = { t: 'check', id: 'a', status: 'pass' };
    expect(read(`{"n":"${nonce}","i":0,"t":"metric","id":"a","name":"m","value":1e999}`)).toBeUndefined();
    expect(read(line(1, { ...check, ms: -1 }))).toBeUndefined();
    expect(read(line(2, { ...check, ms: 1, message: 'x'.repeat(5000) }))).toMatchObject({
      message: `${'x'.repeat(4000)}…`,
      details: null,
      where: null,
    });
    expect(read(line(3, { ...check, ms: 1, status: 'crash' }))).toBeUndefined();
  });
});
