import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildExport } from '../../src/core/exports/build-export.js';
import { json } from '../../src/exports/json.js';
import { jsonl } from '../../src/exports/jsonl.js';
import { safeJson } from '../../src/ui/safe-text.js';
import { deeds } from './history-arbitrary.js';
import { sourceOf, storeAfter, written } from './learner.js';

describe('export --format json', () => {
  it('says what --json prints, in the same order', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const store = storeAfter(done);
        const whole = { schema: 'aisafe.export/1', data: buildExport(sourceOf(store), 'all') };
        expect(JSON.stringify(JSON.parse(written(json, store)))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 30 },
    );
  });

  it('has an element of a list a line, and the rest as --json prints it', () => {
    const store = storeAfter([
      { type: 'act', events: [{ kind: 'task.done', subject: 'task/sample/attention', data: {} }] },
      { type: 'act', events: [{ kind: 'step.done', subject: 'task/sample/probe', data: { step: 'check' } }] },
    ]);
    const data = buildExport(sourceOf(store), 'all');
    const emptied = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Array.isArray(value) ? [] : value]),
    );
    let whole = safeJson({ schema: 'aisafe.export/1', data: emptied }, 2);
    for (const key of ['tasks', 'events'] as const) {
      const lines = data[key]?.map((element) => `      ${safeJson(element)}`).join(',\n');
      expect(lines).toContain('probe');
      whole = whole.replace(`"${key}": []`, `"${key}": [\n${lines}\n    ]`);
    }
    expect(written(json, store)).toBe(`${whole}\n`);
  });

  it('hands on a payload as it was written, and shows no control character', () => {
    const plain = 'é, Ω and “quotes” \\ "';
    for (const text of [plain, 'a\u007fb', 'a\u009bb', 'a\u2028b', 'a\u202eb', '漢 🙂', '\ud800', 'a\nb\u0000']) {
      const store = storeAfter([
        { type: 'act', events: [{ kind: 'note.added', subject: 'note/x', data: { item: 'sample/attention', text } }] },
      ]);
      const lines = written(jsonl, store).trimEnd().split('\n');
      const document = written(json, store);
      expect(lines).toHaveLength(2);
      expect(JSON.parse(lines[1] ?? '').data.text).toBe(text);
      expect(JSON.parse(document).data.events[0].data.text).toBe(text);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: there should be none
      expect(`${lines[1]}${document}`).not.toMatch(/[\u0000-\u0009\u007f-\u009f\u2028-\u202e]/);
    }
  });

  it('tells a task under its present id, with what was done under the old one', () => {
    const store = storeAfter([
      { type: 'act', events: [{ kind: 'task.done', subject: 'task/sample/old-attention', data: {} }] },
    ]);
    const { data } = JSON.parse(written(json, store));
    expect(data.tasks.map((task: { id: string; state: string }) => [task.id, task.state])).toEqual([
      ['attention', 'done'],
      ['softmax', 'open'],
      ['probe', 'open'],
    ]);
  });

  it('keeps tasks that the curriculum has dropped, and those of other curricula', () => {
    const events = [
      { kind: 'task.done', subject: 'task/sample/dropped', data: {} },
      { kind: 'task.done', subject: 'task/mine/first', data: {} },
    ] as const;
    const { data } = JSON.parse(written(json, storeAfter([{ type: 'act', events }])));
    expect(data.tasks.slice(-2)).toMatchObject([
      { curriculum: 'mine', id: 'first', title: null, state: 'done' },
      { curriculum: 'sample', id: 'dropped', title: null, state: 'done' },
    ]);
  });

  it('since a day: what was touched on that day and later', () => {
    const store = storeAfter([
      { type: 'act', events: [{ kind: 'task.done', subject: 'task/sample/attention', data: {} }] },
      { type: 'wait', hours: 48 },
      { type: 'act', events: [{ kind: 'task.done', subject: 'task/sample/softmax', data: {} }] },
    ]);
    const { data } = JSON.parse(written(json, store, {}, '2026-11-02'));
    expect(data.since).toBe('2026-11-02');
    expect(data.tasks.map((task: { id: string }) => task.id)).toEqual(['softmax']);
    expect(data.events).toHaveLength(1);
    expect(written(jsonl, store, {}, '2026-11-02').split('\n')[0]).toBe(
      '{"schema":"aisafe.events/1","since":"2026-11-02","events":1}',
    );
  });
});
