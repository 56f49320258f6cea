import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApplicationWindow, Program } from '../../../src/core/curriculum/model.js';
import { programStanding, sortPrograms, windowStanding } from '../../../src/core/programs/windows.js';
import { sampleProgram } from '../../helpers/curriculum.js';

const day = '2026-11-23';
const source = { status: 'reported', as_of: '2026-11', source: 'https://example.org' } as const;
const window = (dates: Partial<ApplicationWindow>): ApplicationWindow => ({ name: 'Round', ...source, ...dates });

describe('windowStanding', () => {
  it.each([
    ['open between two days', { opens: '2026-11-01', closes: '2026-12-01' }, { state: 'open', closesIn: 8 }],
    ['open on its first day', { opens: day, closes: '2026-12-01' }, { state: 'open', closesIn: 8 }],
    ['open on its last day', { opens: '2026-11-01', closes: day }, { state: 'open', closesIn: 0 }],
    ['past the day after', { opens: '2026-11-01', closes: '2026-11-22' }, { state: 'past', closesIn: undefined }],
    ['upcoming the day before', { opens: '2026-11-24' }, { state: 'upcoming', opensIn: 1 }],
    ['a month of opening counts from its first day', { opens: '2026-12' }, { state: 'upcoming', opensIn: 8 }],
    [
      'a month of closing counts to its last day',
      { opens: '2026-10', closes: '2026-11' },
      { state: 'open', closesIn: 7, thisMonth: true },
    ],
    ['a month of closing that is over', { closes: '2026-10' }, { state: 'past' }],
    ['opening some day of this month', { opens: '2026-11', closes: '2026-12-15' }, { state: 'open', thisMonth: true }],
    ['known days are not unsure', { opens: '2026-11-02', closes: '2026-11-30' }, { state: 'open', thisMonth: false }],
    ['a deadline ahead without an opening date', { closes: '2027-01-10' }, { state: 'open', closesIn: 48 }],
    ['no closing date: until the program starts', { opens: '2026-10-01', starts: '2026-11-20' }, { state: 'past' }],
    [
      'no closing date, program still ahead',
      { opens: '2026-10-01', starts: '2027-01' },
      { state: 'open', closesIn: undefined },
    ],
    ['no end at all', { opens: '2026-09' }, { state: 'open', closesIn: undefined }],
    ['no end at all, long ago', { opens: '2026-01' }, { state: 'unknown' }],
    ['only the program’s dates, ahead', { starts: '2027-02', ends: '2027-05' }, { state: 'unknown' }],
    ['only the program’s dates, begun', { starts: '2026-10', ends: '2027-05' }, { state: 'past' }],
    ['nothing known', {}, { state: 'unknown' }],
  ])('%s', (_, dates, expected) => {
    expect(windowStanding(window(dates), day)).toMatchObject(expected);
  });

  it('never goes back in time: once past, past for good', () => {
    const date = fc
      .tuple(
        fc.integer({ min: 2025, max: 2027 }),
        fc.integer({ min: 1, max: 12 }),
        fc.option(fc.integer({ min: 1, max: 28 })),
      )
      .map(([year, month, of]) =>
        [year, String(month).padStart(2, '0'), ...(of === null ? [] : [String(of).padStart(2, '0')])].join('-'),
      );
    const dates = fc.record({ opens: date, closes: date, starts: date, ends: date }, { requiredKeys: [] });
    const days = fc
      .array(
        date.filter((each) => each.length === 10),
        { minLength: 2, maxLength: 8 },
      )
      .map((each) => each.sort());
    fc.assert(
      fc.property(dates, days, (given, all) => {
        const states = all.map((each) => windowStanding(window(given), each).state);
        const first = states.indexOf('past');
        if (first >= 0) expect(states.slice(first).every((state) => state === 'past')).toBe(true);
        const opened = states.findIndex((state) => state !== 'upcoming');
        if (opened >= 0) expect(states.slice(opened)).not.toContain('upcoming');
      }),
    );
  });
});

const program = (id: string, windows: readonly Partial<ApplicationWindow>[], more: Partial<Program> = {}) =>
  sampleProgram(id, day, { windows: windows.map(window), ...more });

describe('programStanding', () => {
  it.each([
    ['open when one window is', [{ closes: '2026-10-01' }, { opens: '2026-11-01', closes: '2026-12-01' }], {}, 'open'],
    ['rolling without a deadline', [], { rolling: true }, 'rolling'],
    ['rolling when its open window has no end', [{ opens: '2026-09' }], { rolling: true }, 'rolling'],
    ['open when a rolling one has a deadline', [{ closes: '2026-12-01' }], { rolling: true }, 'open'],
    ['upcoming', [{ closes: '2026-10-01' }, { opens: '2027-01' }], {}, 'upcoming'],
    ['unknown before past', [{ closes: '2026-10-01' }, { starts: '2027-01' }], {}, 'unknown'],
    ['past', [{ closes: '2026-10-01' }], {}, 'past'],
    ['unknown without windows', [], {}, 'unknown'],
  ] as const)('%s', (_, windows, more, expected) => {
    expect(programStanding(program('one', windows, more), day).state).toBe(expected);
  });

  it('lists open windows first, then upcoming, unknown, past, newest past first', () => {
    const names = programStanding(
      program('one', [
        { name: 'older', closes: '2025-10-01' },
        { name: 'old', closes: '2026-10-01' },
        { name: 'someday' },
        { name: 'later', opens: '2027-03' },
        { name: 'soon', opens: '2026-12' },
        { name: 'now', closes: '2026-12-01' },
      ]),
      day,
    ).windows.map((each) => each.window.name);
    expect(names).toEqual(['now', 'soon', 'later', 'someday', 'old', 'older']);
  });
});

describe('sortPrograms', () => {
  it('puts open ones first by deadline, then those opening next, rolling, unknown, past', () => {
    const sorted = sortPrograms(
      [
        program('past', [{ closes: '2026-01-01' }]),
        program('unknown', []),
        program('rolling', [], { rolling: true }),
        program('opens-later', [{ opens: '2027-03' }]),
        program('opens-soon', [{ opens: '2026-12' }]),
        program('open-no-end', [{ opens: '2026-11' }]),
        program('closes-later', [{ closes: '2027-01-01' }]),
        program('closes-soon', [{ closes: '2026-12-01' }]),
      ].map((each) => programStanding(each, day)),
    ).map((each) => each.program.id);
    expect(sorted).toEqual([
      'closes-soon',
      'closes-later',
      'open-no-end',
      'opens-soon',
      'opens-later',
      'rolling',
      'unknown',
      'past',
    ]);
  });
});
