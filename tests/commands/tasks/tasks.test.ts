import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGuideCli, history } from '../../helpers/guide-cli.js';

describe('moving tasks', () => {
  it('starts a task and shows what to do', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['start', 'build-regularisation', '--json']);
    expect(json).toMatchObject({
      schema: 'aisafe.start/1',
      data: { move: 'start', items: [{ id: 'build-regularisation', from: 'open', to: 'started', changed: true }] },
    });
    const { stdout } = await cli.run(['start', 'look-around'], { tty: true });
    expect(stdout).toContain('Started: Look around (look-around)');
    expect(stdout).toContain('Look left');
  });

  it('finishes a task with time, a note and evidence as one action', async () => {
    const cli = createGuideCli();
    writeFileSync(join(cli.home, 'work.py'), 'print(1)\n');
    const done = [
      'done',
      'watch-vectors',
      '--minutes',
      '90',
      '--note',
      'Basis change clicked',
      '--evidence',
      './work.py',
      '--evidence',
      'https://example.org/post',
    ];
    const { json } = await cli.run([...done, '--json']);
    expect(json.data.items[0]).toMatchObject({ to: 'done', minutes: { logged: 90 } });
    expect(json.data.unlocked).toEqual([{ id: 'solve-systems', title: 'Solve systems by elimination' }]);
    expect(history(cli).map(({ kind }) => kind)).toEqual([
      'task.done',
      'evidence.added',
      'evidence.added',
      'time.logged',
      'note.added',
    ]);
    await cli.run(['undo']);
    expect((await cli.run(['show', 'watch-vectors', '--json'])).json.data).toMatchObject({
      state: 'open',
      minutesLogged: 0,
      evidence: [],
      notes: [],
    });
  });

  it('ticks steps, and says when the last one is ticked', async () => {
    const cli = createGuideCli();
    const first = await cli.run(['done', 'look-around/look-left']);
    expect(first.stdout).toContain('1 of 2 steps');
    const last = await cli.run(['done', 'look-around/look-right']);
    expect(last.stderr).toContain('aisafe done look-around');
    const { json } = await cli.run(['show', 'look-around', '--json']);
    expect(json.data).toMatchObject({ state: 'started', steps: [{ done: true }, { done: true }] });
    await cli.run(['reopen', 'look-around/look-left']);
    expect((await cli.run(['show', 'look-around', '--json'])).json.data.steps[0].done).toBe(false);
  });

  it('changes nothing, and writes nothing, the second time', async () => {
    const cli = createGuideCli();
    for (const argv of [
      ['start', 'look-around'],
      ['done', 'look-around'],
      ['done', 'watch-vectors'],
      ['skip', 'build-regularisation'],
      ['waive', 'use-left-hand'],
    ]) {
      await cli.run(argv);
      const before = history(cli).length;
      const { exitCode, json } = await cli.run([...argv, '--json']).catch((error) => error);
      if (argv[0] !== 'start') expect(json.data.items[0].changed, argv.join(' ')).toBe(false);
      expect(exitCode).toBe(0);
      expect(history(cli)).toHaveLength(before);
    }
  });

  it('refuses to start or skip what is done, and names the way', async () => {
    const cli = createGuideCli();
    await cli.run(['done', 'look-around']);
    for (const move of ['start', 'skip', 'defer', 'waive']) {
      const { exitCode, json } = await cli.run([move, 'look-around', '--json']);
      expect([exitCode, json.error.code, json.error.hint]).toEqual([2, 'BAD_TRANSITION', 'aisafe reopen look-around']);
    }
    expect((await cli.run(['reopen', 'look-around', '--json'])).json.data.items[0].to).toBe('open');
  });

  it('moves all of several tasks or none', async () => {
    const cli = createGuideCli();
    await cli.run(['done', 'look-around']);
    expect((await cli.run(['start', 'watch-vectors', 'look-around'])).exitCode).toBe(2);
    expect((await cli.run(['show', 'watch-vectors', '--json'])).json.data.state).toBe('open');
    await cli.run(['done', 'watch-vectors', 'build-regularisation']);
    await cli.run(['undo']);
    expect((await cli.run(['show', 'build-regularisation', '--json'])).json.data.state).toBe('open');
  });

  it('defers to a day that comes, and only to such a day', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['defer', 'look-around', '--days', '2', '--json']);
    expect(json.data.items[0]).toMatchObject({ to: 'deferred', deferredUntil: '2026-11-25' });
    expect(
      (await cli.run(['show', 'look-around', '--json'], { env: { AISAFE_NOW: '2026-11-25T12:00:00Z' } })).json.data
        .state,
    ).toBe('open');
    for (const argv of [
      ['--until', '2026-11-23'],
      ['--until', '2026-02-30'],
      ['--until', 'monday'],
      ['--days', '0'],
      ['--until', '2026-12-01', '--days', '2'],
    ]) {
      expect((await cli.run(['defer', 'look-around', ...argv])).exitCode, argv.join(' ')).toBe(2);
    }
  });

  it('tells not found, wrong kind and omitted apart', async () => {
    const cli = createGuideCli();
    const failure = async (argv: string[]) => {
      const { exitCode, json } = await cli.run([...argv, '--json']);
      return [exitCode, json.error.code, json.error.hint];
    };
    expect(await failure(['done', 'look-aruond'])).toEqual([3, 'NOT_FOUND', 'aisafe done look-around']);
    expect(await failure(['start', 'look-around/look-left'])).toEqual([2, 'USAGE', expect.stringContaining('aisafe ')]);
    expect(await failure(['done', 'linear-algebra'])).toEqual([2, 'USAGE', 'aisafe list linear-algebra']);
    expect(await failure(['done'])).toEqual([2, 'MISSING_ARGUMENT', 'aisafe done --help']);
    expect(await failure(['done', 'look-around', 'watch-vectors', '--minutes', '5'])).toEqual([
      2,
      'USAGE',
      expect.stringContaining('aisafe done'),
    ]);
    expect(await failure(['done', 'look-around', '--evidence', 'no-such-file.txt'])).toEqual([
      expect.any(Number),
      expect.any(String),
      expect.anything(),
    ]);
    expect(history(cli)).toEqual([]);
  });
});

describe('an automatic backup that fails', () => {
  it('does not stop the learner, and is said', async () => {
    const cli = createGuideCli();
    await cli.run(['start', 'look-around']);
    rmSync(join(cli.home, 'backups'), { recursive: true, force: true });
    writeFileSync(join(cli.home, 'backups'), 'a file where the folder belongs');
    const { exitCode, stderr } = await cli.run(['done', 'look-around'], {
      env: { AISAFE_NOW: '2026-11-25T18:00:00Z' },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/backup/i);
    expect((await cli.run(['show', 'look-around', '--json'])).json.data.state).toBe('done');
  });
});

describe('aisafe undo', () => {
  it('lists, takes back several, and refuses when there is nothing', async () => {
    const cli = createGuideCli();
    await cli.run(['start', 'look-around']);
    await cli.run(['done', 'look-around/look-left']);
    const { json } = await cli.run(['undo', '--list', '--json']);
    expect(json.data).toMatchObject({
      undone: false,
      actions: [{ what: ['ticked look-around/look-left'] }, { what: ['started look-around'] }, {}],
    });
    const { stdout } = await cli.run(['undo', '2'], { tty: true });
    expect(stdout).toContain('Took back: ticked look-around/look-left');
    expect((await cli.run(['show', 'look-around', '--json'])).json.data.state).toBe('open');
    // What is left is the curriculum that the test added: taking it back leads to the shipped one.
    await cli.run(['undo', '5']);
    const nothing = await cli.run(['undo', '--json']);
    expect([nothing.exitCode, nothing.json.error.code]).toEqual([2, 'NOTHING_TO_UNDO']);
    expect((await cli.run(['undo', 'all'])).exitCode).toBe(2);
  });
});
