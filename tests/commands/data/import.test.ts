import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { createSmallCli, type SmallCli, writeIn } from '../check/small-folder.js';

/** What a machine on which a little was done exports. */
async function exportedFrom(machine: SmallCli, format: 'json' | 'jsonl'): Promise<string> {
  return (await machine.run(['export', '--format', format])).stdout;
}

async function createLaptop(): Promise<SmallCli> {
  // Later than what the other machine does, so that the laptop has the last word.
  const laptop = createSmallCli({ env: { AISAFE_NOW: '2026-11-23T19:00:00.000Z' } });
  await laptop.run(['done', 'read-about-softmax', '--minutes', '35']);
  await laptop.run(['start', 'train-model']);
  await laptop.run(['undo']);
  return laptop;
}

describe('aisafe import', () => {
  it.each(['json', 'jsonl'] as const)('%s: takes in what is new and tells it', async (format) => {
    const text = await exportedFrom(await createLaptop(), format);
    const desk = createSmallCli();
    await desk.run(['start', 'read-about-softmax']);
    const file = writeIn(desk, 'laptop', text);
    const { exitCode, json } = await desk.run(['import', file, '--json']);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      schema: 'aisafe.import/1',
      data: {
        dryRun: false,
        files: [{ file, format }],
        known: 0,
        conflicts: [],
        unknownKinds: {},
        tasks: [{ id: 'small/read-about-softmax', from: 'started', to: 'done' }],
      },
    });
    expect(json.data.added).toBe(json.data.read);
    expect(json.data.backup).toContain('pre-import');
    expect((await desk.run(['export', '--format', 'json'])).json.data.tasks).toMatchObject([
      {},
      { id: 'read-about-softmax', state: 'done' },
      {},
      {},
    ]);
  });

  it('changes nothing the second time', async () => {
    const desk = createSmallCli();
    const file = writeIn(desk, 'laptop.jsonl', await exportedFrom(await createLaptop(), 'jsonl'));
    await desk.run(['import', file]);
    const before = await exportedFrom(desk, 'jsonl');
    const { json } = await desk.run(['import', file, file, '--json']);
    expect(json.data).toMatchObject({ added: 0, tasks: [], backup: null });
    expect(await exportedFrom(desk, 'jsonl')).toBe(before);
    expect((await desk.run(['import', file])).stdout).toContain('Nothing new');
  });

  it('does not care about the order of files, nor who imports from whom', async () => {
    const [laptop, desk] = [await createLaptop(), createSmallCli()];
    await desk.run(['skip', 'train-model']);
    const [one, other] = [createCli(), createCli()];
    const texts = [await exportedFrom(laptop, 'jsonl'), await exportedFrom(desk, 'jsonl')] as const;
    for (const cli of [one, other])
      for (const [index, text] of texts.entries()) writeFileSync(join(cli.home, `${index}.jsonl`), text);
    await one.run(['import', '0.jsonl', '1.jsonl']);
    await other.run(['import', '1.jsonl']);
    await other.run(['import', '0.jsonl']);
    const history = async (cli: typeof one) => (await cli.run(['export', '--format', 'jsonl'])).stdout;
    expect(await history(one)).toBe(await history(other));
  });

  it('--dry-run says the same and changes nothing', async () => {
    const desk = createSmallCli();
    const file = writeIn(desk, 'laptop.json', await exportedFrom(await createLaptop(), 'json'));
    const before = await exportedFrom(desk, 'jsonl');
    const tried = await desk.run(['import', file, '--dry-run', '--json']);
    expect(await exportedFrom(desk, 'jsonl')).toBe(before);
    const done = await desk.run(['import', file, '--json']);
    expect({ ...tried.json.data, dryRun: false, backup: done.json.data.backup }).toEqual(done.json.data);
  });

  it('reads as well from standard input', async () => {
    const stdin = await exportedFrom(await createLaptop(), 'jsonl');
    const desk = createSmallCli();
    expect((await desk.run(['import', '-', '--json'], { stdin })).json.data.files).toMatchObject([
      { file: 'standard input', format: 'jsonl' },
    ]);
  });

  it('tells a person what changed, at any width', async () => {
    const text = await exportedFrom(await createLaptop(), 'json');
    for (const columns of [60, 80, 120]) {
      const desk = createSmallCli();
      const { stdout, stderr } = await desk.run(['import', writeIn(desk, 'laptop.json', text)], { tty: true, columns });
      expect(stdout).toMatch(/Imported \d+ new events/);
      expect(stdout).toMatch(/read-about-softmax.*done/);
      expect(stderr).toContain('aisafe restore ');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it('tells what is said to come from this computer, and takes no trust in code from a file', async () => {
    const desk = createSmallCli();
    await desk.run(['start', 'train-model']);
    const [head, ...events] = (await exportedFrom(desk, 'jsonl')).trimEnd().split('\n');
    const mine = events.map((text) => JSON.parse(text)).find(({ kind }) => kind === 'task.started');
    const id = '01930000-0000-7000-8000-000000000001';
    const forged = { ...mine, id, action: id, kind: 'time.logged', revision: null, data: { minutes: 600 } };
    const second = '01930000-0000-7000-8000-000000000002';
    const trust = { ...mine, id: second, action: second, kind: 'lab.trusted', subject: 'lab/small/x', revision: null };
    const third = '01930000-0000-7000-8000-000000000003';
    const python = { ...trust, id: third, action: third, kind: 'setting.set', subject: 'setting/python' };
    const all = [forged, { ...trust, data: { hash: 'a'.repeat(64) } }, { ...python, data: { value: '/tmp/evil' } }];
    const lines = all.map((event) => JSON.stringify(event));
    const file = writeIn(desk, 'forged.jsonl', `${head?.replace(/"events":\d+/, '"events":3')}\n${lines.join('\n')}\n`);
    const { exitCode, json } = await desk.run(['import', file, '--dry-run', '--json']);
    expect([exitCode, json.data]).toEqual([0, expect.objectContaining({ added: 1, own: 1, trustLeftOut: 2 })]);
    const { stdout } = await desk.run(['import', file]);
    expect(stdout).toContain('In your name: 1 event');
    expect(stdout).toContain('Left out: 2 events');
    expect(await exportedFrom(desk, 'jsonl')).not.toMatch(/lab\.trusted|evil/);
  });

  it('leaves each computer its own Python, folder of labs and pace; other settings go along', async () => {
    const [laptop, desk] = [createSmallCli(), createSmallCli()];
    const set = {
      python: '/opt/laptop/python',
      'lab-folder': '/home/laptop/labs',
      'lab-time-scale': '5',
      'next-limit': '7',
    };
    for (const [key, value] of Object.entries(set)) await laptop.run(['config', 'set', key, value]);
    await desk.run(['config', 'set', 'lab-time-scale', '2']);
    const file = writeIn(desk, 'laptop.jsonl', await exportedFrom(laptop, 'jsonl'));
    const { json } = await desk.run(['import', file, '--dry-run', '--json']);
    expect(json.data.settingsElsewhere).toEqual(['lab-folder', 'python']);
    expect((await desk.run(['import', file])).stdout).toContain('aisafe config set lab-folder VALUE');
    const values = async (cli: typeof desk) => {
      const { json } = await cli.run(['config', '--json']);
      const all: readonly { key: string; value: string }[] = json.data.settings;
      return Object.fromEntries(all.filter(({ key }) => key in set).map(({ key, value }) => [key, value]));
    };
    expect(await values(desk)).toEqual({ python: '', 'lab-folder': '', 'lab-time-scale': '2', 'next-limit': '7' });
    await laptop.run(['import', writeIn(laptop, 'desk.jsonl', await exportedFrom(desk, 'jsonl'))]);
    expect(await values(laptop)).toEqual(set);
    await desk.run(['config', 'unset', 'lab-time-scale']);
    await desk.run(['config', 'unset', 'python']);
    expect((await values(desk))['lab-time-scale']).toBe('1');
    await laptop.run(['import', writeIn(laptop, 'desk.jsonl', await exportedFrom(desk, 'jsonl'))]);
    expect(await values(laptop)).toEqual(set);
  });

  it('keeps events of unknown kinds and gives them back', async () => {
    const desk = createSmallCli();
    const id = '01930000-0000-7000-8000-000000000001';
    const event = {
      id,
      action: id,
      at: '2099-11-01T18:00:00.000Z',
      day: '2099-11-01',
      tz: 'UTC',
      device: 'x',
      kind: 'lab.passed',
      subject: 'lab/y',
      revision: null,
      data: { any: [1] },
    };
    const file = writeIn(desk, 'new.jsonl', `{"schema":"aisafe.events/1","events":1}\n${JSON.stringify(event)}\n`);
    expect((await desk.run(['import', file, '--json'])).json.data).toMatchObject({
      unknownKinds: { 'lab.passed': 1 },
      ahead: 1,
    });
    expect((await desk.run(['export', '--format', 'json'])).json.data.events.at(-1)).toEqual(event);
  });

  describe('with anything wrong', () => {
    it('imports nothing at all and names file and line', async () => {
      const desk = createSmallCli();
      const good = writeIn(desk, 'good.jsonl', await exportedFrom(await createLaptop(), 'jsonl'));
      const lines = (await exportedFrom(await createLaptop(), 'jsonl')).split('\n');
      const bad = writeIn(
        desk,
        'bad.jsonl',
        [lines[0], lines[1], (lines[2] ?? '').replace('"at":"', '"at":"x'), ...lines.slice(3)].join('\n'),
      );
      const before = await exportedFrom(desk, 'jsonl');
      const result = await desk.run(['import', good, bad]);
      expect(result).toMatchObject({ exitCode: 4, stdout: '' });
      expect(result.stderr).toContain(`Nothing was imported.\n${bad}:3 at: must be a UTC time`);
      expect(await exportedFrom(desk, 'jsonl')).toBe(before);
      expect((await desk.run(['import', good, bad, '--json'])).json.error).toMatchObject({
        code: 'DATA_INVALID',
        details: { findings: [{ file: bad, line: 3 }] },
      });
    });

    it.each([
      ['missing.json', undefined, 3, 'FILE_NOT_FOUND', 'There is no file'],
      ['small', undefined, 4, 'DATA_INVALID', 'folder'],
      ['empty.json', '', 4, 'DATA_INVALID', 'the file is empty'],
      ['utf16.json', Buffer.from('\ufeff{"schema":"aisafe.export/1"}', 'utf16le'), 4, 'DATA_INVALID', 'not UTF-8'],
      ['store.db', Buffer.from('SQLite format 3\0rest'), 4, 'DATA_INVALID', 'is a store or a backup'],
    ])('%s', async (name, content, exitCode, code, words) => {
      const desk = createSmallCli();
      if (content !== undefined) writeFileSync(join(desk.home, name), content);
      const result = await desk.run(['import', name, '--json']);
      expect(result.exitCode).toBe(exitCode);
      expect(result.json.error).toMatchObject({ code, message: expect.stringContaining(words) });
      expect(result.json.error.hint).toBeTruthy();
    });

    it('refuses two files that contradict each other, in either order', async () => {
      const desk = createSmallCli();
      const text = await exportedFrom(await createLaptop(), 'jsonl');
      writeIn(desk, 'a.jsonl', text);
      writeIn(desk, 'b.jsonl', text.replace('"minutes":35', '"minutes":36'));
      for (const files of [
        ['a.jsonl', 'b.jsonl'],
        ['b.jsonl', 'a.jsonl'],
      ]) {
        const { exitCode, stderr } = await desk.run(['import', ...files]);
        expect(exitCode).toBe(4);
        expect(stderr).toContain('says something else than in');
      }
      expect(readdirSync(desk.home)).not.toContain('backups');
    });

    it('needs a file', async () => {
      expect((await createCli().run(['import', '--json'])).json.error.code).toBe('MISSING_ARGUMENT');
    });
  });
});
