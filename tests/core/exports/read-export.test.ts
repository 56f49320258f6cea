import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadEvent, readEvents, readExport } from '../../../src/core/exports/read-export.js';

const valid = {
  id: '01930000-0000-7000-8000-000000000001',
  action: '01930000-0000-7000-8000-000000000001',
  at: '2026-11-23T18:00:00.000Z',
  day: '2026-11-23',
  tz: 'Europe/Berlin',
  device: '0123456789abcdef',
  kind: 'task.done',
  subject: 'task/aisafe/attention',
  revision: '0123456789ab',
  data: {},
};

const lines = (...events: readonly unknown[]) =>
  [{ schema: 'aisafe.events/1', events: events.length }, ...events].map((each) => JSON.stringify(each)).join('\n');
const document = (events: unknown) => JSON.stringify({ schema: 'aisafe.export/1', data: { events } }, null, 2);
const firstFinding = (text: string) => {
  const [finding] = readExport('laptop', text).findings;
  return finding && `${finding.line} ${finding.message}`;
};

describe('readExport', () => {
  it('knows both forms', () => {
    expect(readExport('laptop', lines(valid))).toMatchObject({
      format: 'jsonl',
      findings: [],
      events: [{ event: valid, line: 2 }],
    });
    expect(readExport('laptop', document([valid]))).toMatchObject({
      format: 'json',
      findings: [],
      events: [{ event: valid, line: 5 }],
    });
  });

  it('keeps events of a kind from the future as they are', () => {
    const future = {
      ...valid,
      kind: 'seminar.held',
      subject: 'seminar/x',
      data: { deep: [1, null, { 'any thing': 'é' }] },
    };
    expect(readExport('laptop', lines(future)).events[0]?.event).toEqual(future);
  });

  it.each<[string, string, string]>([
    ['an empty file', '', '1 the file is empty'],
    ['text', 'hello', '1 is not JSON: '],
    ['a cut document', document([valid]).slice(0, -20), '15 is not JSON: '],
    ['other JSON', '{"a":1}', '1 is not an export of aisafe'],
    ['a list', '[1]', '1 is not an export of aisafe'],
    ['a newer document', '{"schema":"aisafe.export/2"}', '1 was written in the form aisafe.export/2'],
    ['newer lines', '{"schema":"aisafe.events/7"}\n', '1 was written in the form aisafe.events/7'],
    ['a document without events', '{"schema":"aisafe.export/1","data":{}}', '1 holds no events'],
    ['events that are no list', document({}), '1 data.events: must be a list'],
    [
      'lines of which the last are missing',
      lines(valid, valid).split('\n').slice(0, 2).join('\n'),
      '2 the first line promises 2 events, and 1 are here',
    ],
    ['a line cut in the middle', lines(valid).slice(0, -5), '2 is not JSON: '],
    [
      'a line that is too long',
      lines({ ...valid, kind: 'x.y', data: 'x'.repeat(1_000_001) }),
      '2 is longer than 1000000 characters',
    ],
  ])('refuses %s', (_what, text, finding) => expect(firstFinding(text)?.slice(0, finding.length)).toBe(finding));

  it.each<[string, object, string]>([
    ['a missing key', { id: undefined }, 'id: is missing'],
    ['an id that is no UUID', { id: '../../etc/passwd' }, 'id: must be a UUID in lower case'],
    ['an unknown key', { evil: 1 }, 'evil: is a key that this version does not know'],
    ['a local time', { at: '2026-11-23T18:00:00+01:00' }, 'at: must be a UTC time such as 2026-11-23T18:00:00.000Z'],
    ['a time that does not exist', { at: '2026-02-30T18:00:00.000Z' }, 'at: is not a time that exists'],
    ['a day that does not exist', { day: '2026-13-01' }, 'day: is not a day that exists'],
    ['a kind with blanks', { kind: 'drop table' }, 'kind: must be a kind such as task.done'],
    ['a subject of another kind', { subject: 'note/x' }, 'subject: “note/x” is not what task.done is about'],
    [
      'a subject with control characters',
      { subject: 'task/a/\u001b[2J' },
      'subject: must be a subject such as task/aisafe/build-mlp',
    ],
    ['a payload of another kind', { data: { state: 'done' } }, 'data.state: is a key that this version does not know'],
    ['a payload that is a list', { data: [] }, 'data: must be an object, not a list'],
    ['a level out of range', answer({ level: 4 }), 'data.level: must be from 0 to 3'],
    [
      'a URL that runs',
      evidence({ type: 'url', url: 'javascript:alert(1)' }),
      'data.reference.url: must be an https or http address',
    ],
    [
      'a file without a hash',
      evidence({ type: 'file', path: 'x', sha256: 'x', bytes: 1 }),
      'data.reference.sha256: must be a SHA-256 in lower-case hex',
    ],
    [
      'a note that is too long',
      { kind: 'note.added', subject: 'note/x', data: { item: 'a/b', text: 'x'.repeat(200_001) } },
      'data.text: at most 200000 characters',
    ],
    [
      'an unknown kind nested too deep',
      { kind: 'x.y', data: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
      'data: is nested more than 32 deep',
    ],
  ])('refuses an event with %s, in both forms and on its line', (_what, change, message) => {
    const wrong = { ...valid, ...change };
    expect(firstFinding(lines(valid, wrong))).toBe(`3 ${message}`);
    expect(firstFinding(document([valid, wrong]))).toBe(`17 ${message}`);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"schema":"aisafe.events/1"}', '\n', lines(valid), document([valid])),
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void readExport('x', pieces.join('\n'))));
  });

  it('tells every wrong event, up to a bound', () => {
    const wrong = { ...valid, at: 'now' };
    expect(readExport('laptop', lines(wrong, valid, wrong)).findings.map(({ line }) => line)).toEqual([2, 4]);
    expect(readExport('laptop', lines(...Array.from({ length: 500 }, () => wrong))).findings).toHaveLength(50);
  });
});

function answer(change: object): object {
  const data = { attempt: 'first', criterion: 'x', level: 1, support: { type: 'self-attested' }, ...change };
  return { kind: 'checkpoint.answered', subject: 'checkpoint/aisafe/phase1-check', data };
}

function evidence(reference: object): object {
  return { kind: 'evidence.added', subject: 'evidence/x', data: { items: ['a/b'], reference } };
}

describe('readEvents', () => {
  const collect = (pieces: readonly string[]) => {
    const reading = readEvents('laptop', pieces);
    const events: ReadEvent[] = [];
    for (;;) {
      const next = reading.next();
      if (next.done) return { events, ...next.value };
      events.push(next.value);
    }
  };
  const cut = (text: string, places: readonly number[]) => {
    const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
    return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
  };
  const note = (text: string, index: number) => ({
    ...valid,
    id: valid.id.slice(0, -4) + String(index).padStart(4, '0'),
    kind: 'note.added',
    subject: 'note/x',
    data: { item: 'a/b', text },
  });

  /** As `export` writes it: an element of a list a line; some elements are over several, as an editor may leave them. */
  const byLine = (whole: { readonly schema: string; readonly data: object }, mixed: boolean, lineFeed = '\n') => {
    const element = (value: unknown, index: number) => JSON.stringify(value, null, mixed && index % 3 === 2 ? 1 : 0);
    const list = (values: readonly unknown[]) =>
      values.length === 0 ? '[]' : `[\n      ${values.map(element).join(',\n      ')}\n    ]`;
    const parts = Object.entries(whole.data).map(
      ([key, value]) => `    ${JSON.stringify(key)}: ${Array.isArray(value) ? list(value) : JSON.stringify(value)}`,
    );
    const text = `{\n  "schema": ${JSON.stringify(whole.schema)},\n  "data": {\n${parts.join(',\n')}\n  }\n}\n`;
    return text.replaceAll('\n', lineFeed);
  };

  it('reads the same wherever the text is cut into pieces', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.jsonValue(), fc.array(fc.nat(5000)), fc.nat(2), (notes, other, places, indent) => {
        const events = notes.map(note);
        const answers = [other, '"],{', { events: [1] }];
        const whole = { schema: 'aisafe.export/1', data: { other, '"]': other, answers, events, after: [other] } };
        const texts = [
          JSON.stringify(whole, null, indent),
          byLine(whole, false),
          byLine(whole, true),
          byLine(whole, false, '\r\n'),
          lines(...events),
        ];
        for (const text of texts) {
          const read = collect(cut(text, places));
          expect(read).toEqual(collect([text]));
          expect(read.findings).toEqual([]);
          expect(read.events.map(({ event }) => event)).toEqual(events);
          const shown = text.split('\n');
          const isOnItsLine = ({ event, line }: ReadEvent) =>
            shown
              .slice(line - 1, line + 1)
              .join('')
              .includes(event.id);
          expect(read.events.every(isOnItsLine)).toBe(true);
        }
      }),
    );
  });

  it('finds what is wrong with damaged text as JSON.parse would', () => {
    const notes = [note('one, "two", [three]', 1), note('\\', 2)];
    const texts = [
      document(notes),
      byLine({ schema: 'aisafe.export/1', data: { events: notes, answers: [{ a: 1 }, { b: 2 }] } }, false),
    ];
    const inserts = fc.constantFrom('', '"', ']', '}', ',', '\\', ':', '1', '\n');
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), inserts, (text, place, instead) => {
        const at = place % text.length;
        const damaged = text.slice(0, at) + instead + text.slice(at + 1);
        const isJson = (() => {
          try {
            return Boolean(JSON.parse(damaged));
          } catch {
            return false;
          }
        })();
        const { findings } = collect(cut(damaged, [at, at + 1, 7]));
        if (!isJson) expect(findings[0]?.message).toMatch(/^is not JSON: /);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes the list of events from nowhere else', () => {
    const hidden = JSON.stringify({ schema: 'aisafe.export/1', events: [valid], data: { data: { events: [valid] } } });
    expect(firstFinding(hidden)).toMatch(/^1 holds no events/);
    const twice = `{"schema":"aisafe.export/1","data":{"events":[${JSON.stringify(valid)}],"events":[]}}`;
    expect(firstFinding(twice)).toBe('1 data.events: is there twice');
  });
});
