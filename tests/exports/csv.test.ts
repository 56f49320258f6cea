import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/exports/csv.js';
import { csvRow } from '../../src/exports/csv-row.js';
import { storeAfter, written } from './learner.js';

/** Reads RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('csvRow', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '  =1',
    '\n=1',
    '\u00a0=1',
    '＝1',
    '=HYPERLINK("https://x","y")',
  ])('takes the formula out of %j', (text) => expect(parse(csvRow([text]))).toEqual([[`'${text}`]]));

  it('leaves numbers and harmless text as they are', () => {
    expect(csvRow([-5, 2.5, 'a-b', 'x=1', null, ''])).toBe('-5,2.5,a-b,x=1,,\r\n');
  });

  it('quotes commas, quotation marks and line breaks', () => {
    expect(csvRow(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
  });

  it('gives back what was put in, and never a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const [read = []] = parse(csvRow(cells));
        expect(read.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells);
        for (const cell of read) expect(cell).not.toMatch(/^[\t\r]|^\s*[=+\-@]/);
      }),
    );
  });
});

describe('export --format csv', () => {
  const store = () =>
    storeAfter([
      {
        type: 'act',
        events: [
          { kind: 'step.done', subject: 'task/sample/attention', data: { step: 'forward' } },
          { kind: 'time.logged', subject: 'task/sample/attention', data: { minutes: 90 } },
          {
            kind: 'evidence.added',
            subject: 'evidence/aaaaaaaaaaaa',
            data: {
              items: ['sample/attention'],
              reference: { type: 'url', url: 'https://example.org/a' },
              note: '=cmd()',
            },
          },
        ],
      },
      { type: 'act', events: [{ kind: 'task.skipped', subject: 'task/sample/softmax', data: { reason: '-1' } }] },
      { type: 'act', events: [{ kind: 'task.done', subject: 'task/sample/probe', data: {} }] },
      { type: 'undo', count: 1 },
    ]);

  it('has a row for every task', () => {
    const [header = [], ...rows] = parse(written(csv, store(), { part: 'tasks' }));
    const cells = (row: readonly string[]) => Object.fromEntries(header.map((name, index) => [name, row[index]]));
    expect(rows.map((row) => cells(row).id)).toEqual(['attention', 'softmax', 'probe']);
    expect(cells(rows[0] ?? [])).toMatchObject({
      state: 'started',
      minutes: '90',
      stepsDone: '1',
      steps: '2',
      evidence: '1',
    });
    expect(cells(rows[1] ?? [])).toMatchObject({ title: "'=SUM(A1) of a softmax", state: 'skipped', reason: "'-1" });
  });

  it('has a row for every event, and says which were undone', () => {
    const rows = parse(written(csv, store(), { part: 'events' }));
    expect(rows.map((row) => [row[6], row.at(-1)])).toEqual([
      ['kind', 'undone'],
      ['step.done', 'no'],
      ['time.logged', 'no'],
      ['evidence.added', 'no'],
      ['task.skipped', 'no'],
      ['task.done', 'yes'],
      ['action.undone', 'no'],
    ]);
    expect(JSON.parse(rows[2]?.[9] ?? '')).toEqual({ minutes: 90 });
  });

  it('has a row for every piece of evidence', () => {
    const [, row] = parse(written(csv, store(), { part: 'evidence' }));
    expect(row).toEqual([
      'aaaaaaaaaaaa',
      'url',
      'https://example.org/a',
      '',
      'sample/attention',
      "'=cmd()",
      '2026-11-01T12:00:00.000Z',
      '',
      '',
    ]);
  });
});
