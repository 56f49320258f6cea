import { describe, expect, it } from 'vitest';
import { createGuideCli, history } from '../../helpers/guide-cli.js';

describe('aisafe note', () => {
  it.each([
    ['watch-vectors', 'guide/watch-vectors'],
    ['look-around/look-left', 'guide/look-around/look-left'],
    ['vector-films', 'guide/vector-films'],
    ['vector', 'guide/vector'],
    ['phase1-check/gauss', 'guide/phase1-check/gauss'],
  ])('keeps a note on %s', async (id, item) => {
    const cli = createGuideCli();
    const { exitCode, json } = await cli.run(['note', id, 'remember', 'this', '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({ action: 'added', item: { id }, notes: [{ item: id, text: 'remember this' }] });
    expect(history(cli)).toMatchObject([{ kind: 'note.added', data: { item, text: 'remember this' } }]);
  });

  it('reads the text from standard input', async () => {
    const cli = createGuideCli();
    await cli.run(['note', 'vector', '-'], { stdin: 'one\ntwo\n' });
    const { json } = await cli.run(['note', 'vector', '--json']);
    expect(json.data.notes[0].text).toBe('one\ntwo');
  });

  it('lists the notes of an item and of its parts, newest first', async () => {
    const cli = createGuideCli();
    const at = (hour: number) => ({ env: { AISAFE_NOW: `2026-11-23T2${hour}:00:00.000Z` } });
    await cli.run(['note', 'look-around', 'first'], at(1));
    await cli.run(['note', 'look-around/look-left', 'second'], at(2));
    await cli.run(['note', 'vector', 'elsewhere'], at(3));
    const one = await cli.run(['note', 'look-around', '--json']);
    expect(one.json.data.notes.map((note: { text: string }) => note.text)).toEqual(['second', 'first']);
    const all = await cli.run(['note', '--json']);
    expect(all.json.data.notes.map((note: { text: string }) => note.text)).toEqual(['elsewhere', 'second', 'first']);
    const person = await cli.run(['note', 'look-around'], {
      tty: true,
      env: { AISAFE_NOW: '2026-11-24T04:30:00.000Z' },
    });
    expect(person.stdout).toContain('Look left · 6 hours ago');
    const pipe = await cli.run(['note', 'vector']);
    expect(pipe.stdout).toMatch(/^[0-9a-f]{12}\t2026-11-23T23:00:00.000Z\tvector\telsewhere\n$/);
  });

  it('removes a note, and undo brings it back', async () => {
    const cli = createGuideCli();
    const added = await cli.run(['note', 'vector', 'gone soon', '--json']);
    const { id } = added.json.data.notes[0];
    const removed = await cli.run(['note', '--remove', id], { tty: true });
    expect(removed.exitCode).toBe(0);
    expect(removed.stdout).toContain('gone soon');
    expect((await cli.run(['note', '--json'])).json.data.notes).toEqual([]);
    await cli.run(['undo']);
    expect((await cli.run(['note', '--json'])).json.data.notes).toHaveLength(1);
  });

  it('never lets a note write to the terminal', async () => {
    const cli = createGuideCli();
    await cli.run(['note', 'vector', 'red \u001b[31malert']);
    const { stdout } = await cli.run(['note', 'vector'], { tty: true });
    expect(stdout).not.toContain('\u001b[31m');
    expect(stdout).toContain('alert');
  });

  it.each([
    [['note', 'vectr', 'x'], 3, 'NOT_FOUND'],
    [['note', 'vector', '  '], 2, 'BAD_VALUE'],
    [['note', '--remove', 'abc'], 3, 'NOT_FOUND'],
    [['note', 'vector', '--remove', 'abc'], 2, 'USAGE'],
  ])('refuses %j', async (argv, exitCode, code) => {
    const cli = createGuideCli();
    const result = await cli.run([...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.json.error.code).toBe(code);
    expect(history(cli)).toEqual([]);
  });

  it('refuses a note that is too long, typed or from standard input', async () => {
    const cli = createGuideCli();
    const long = 'x'.repeat(20_001);
    for (const [text, stdin] of [
      [long, ''],
      ['-', long],
      ['-', long.repeat(5)],
    ] as const) {
      const { exitCode, json } = await cli.run(['note', 'vector', text, '--json'], { stdin });
      expect(exitCode).toBe(2);
      expect(json.error).toMatchObject({ code: 'BAD_VALUE', hint: 'aisafe evidence add --help' });
    }
    expect(history(cli)).toEqual([]);
  });

  it('names the nearest note when one to remove is not there', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['note', 'vector', 'x', '--json']);
    const { id } = json.data.notes[0];
    const wrong = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    const result = await cli.run(['note', '--remove', wrong, '--json']);
    expect(result.json.error.hint).toBe(`aisafe note --remove ${id}`);
  });
});

describe('aisafe log', () => {
  it('adds up on the task, whether given the task or a step', async () => {
    const cli = createGuideCli();
    await cli.run(['log', 'look-around', '--minutes', '15']);
    const { json } = await cli.run(['log', 'look-around/look-left', '-m', '10', '--json']);
    expect(json.schema).toBe('aisafe.log/1');
    expect(json.data).toEqual({
      task: 'look-around',
      title: 'Look around',
      minutes: 10,
      total: 25,
      estimated: [20, 30],
      state: 'started',
    });
    expect(history(cli).map(({ subject }) => subject)).toEqual(['task/guide/look-around', 'task/guide/look-around']);
  });

  it('says so on a terminal and in a pipe', async () => {
    const cli = createGuideCli();
    const person = await cli.run(['log', 'look-around', '--minutes', '15'], { tty: true });
    expect(person.stdout).toBe('Logged 15 min on Look around. The estimate is 20-30 min.\n');
    const pipe = await cli.run(['log', 'look-around', '--minutes', '15']);
    expect(pipe.stdout).toBe('look-around\t15\t30\n');
  });

  it('is taken back by undo', async () => {
    const cli = createGuideCli();
    await cli.run(['log', 'look-around', '--minutes', '15']);
    await cli.run(['undo']);
    const { json } = await cli.run(['log', 'look-around', '--minutes', '5', '--json']);
    expect(json.data.total).toBe(5);
  });

  it.each([
    [['log', 'look-around'], 2, 'MISSING_ARGUMENT', 'aisafe log look-around --minutes 30'],
    [['log', 'look-aruond', '--minutes', '5'], 3, 'NOT_FOUND', 'aisafe log look-around'],
    [['log', 'vector', '--minutes', '5'], 2, 'USAGE', undefined],
    [['log', 'look-around', '--minutes', '-5'], 2, 'BAD_VALUE', undefined],
    [['log', 'look-around', '--minutes', '1.5'], 2, 'BAD_VALUE', undefined],
  ])('refuses %j', async (argv, exitCode, code, hint) => {
    const cli = createGuideCli();
    const result = await cli.run([...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.json.error.code).toBe(code);
    if (hint) expect(result.json.error.hint).toBe(hint);
    expect(history(cli)).toEqual([]);
  });
});
