import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ics } from '../../src/exports/ics.js';
import { icsLine, icsText } from '../../src/exports/ics-text.js';
import { storeAfter, written } from './learner.js';

const unfold = (text: string) => text.replaceAll('\r\n ', '');

describe('icsLine', () => {
  it('folds at 75 octets, between characters, and unfolds to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = icsLine('SUMMARY', icsText(text));
        expect(line.endsWith('\r\n')).toBe(true);
        const physical = line.slice(0, -2).split('\r\n');
        for (const each of physical) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75);
        for (const each of physical.slice(1)) expect(each.startsWith(' ')).toBe(true);
        expect(unfold(line)).toBe(`SUMMARY:${icsText(text)}\r\n`);
      }),
    );
  });

  it('escapes what has a meaning, and lets no control character through', () => {
    expect(icsText('a;b,c\\d\r\ne\u0007')).toBe('a\\;b\\,c\\\\d\\ne');
  });
});

describe('export --format ics', () => {
  const store = () =>
    storeAfter([
      {
        type: 'act',
        events: [{ kind: 'task.deferred', subject: 'task/sample/attention', data: { until: '2026-11-30' } }],
      },
      {
        type: 'act',
        events: [{ kind: 'task.deferred', subject: 'task/sample/softmax', data: { until: '2026-11-10' } }],
      },
    ]);

  it('holds the dates ahead: openings, closings and deferred tasks', async () => {
    await expect(written(ics, store())).toMatchFileSnapshot('../fixtures/exports/calendar.ics');
  });

  it('is the same whatever the time of day, and leaves out what is past', () => {
    expect(written(ics, store())).toBe(written(ics, store()));
    expect(unfold(written(ics, store()))).not.toContain('past');
    expect(written(ics, store(), { today: '2027-03-01' })).not.toContain('VEVENT');
  });

  it('goes back to the day of --since', () => {
    const text = unfold(written(ics, store(), {}, '2026-10-01'));
    expect(text).toContain('UID:sample-past-next-closes@aisafe');
    expect(text).toContain('UID:sample-softmax-deferred@aisafe');
  });

  it('leaves out retired programs', () => expect(written(ics, store())).not.toContain('retired'));

  it('has unique ids and only lines that the standard allows', () => {
    const text = written(ics, store(), {}, '2020-01-01');
    const ids = [...unfold(text).matchAll(/^UID:(.*)\r$/gm)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const line of unfold(text).trimEnd().split('\r\n'))
      expect(line).toMatch(/^[A-Z-]+(;[A-Z]+=[A-Z]+)?:[^\r\n]*$/);
  });
});
