import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { processesWith } from '../../labs/processes.js';
import { pythonForTests } from '../../labs/python.js';
import { createLabCli, rightAnswer, wrongAnswer } from './lab-cli.js';

const python = await pythonForTests();

describe('aisafe lab check, before anything is run', () => {
  it('says what is missing, with the command that mends it', async () => {
    const cli = createLabCli();
    const errorOf = async (...argv: string[]) => {
      const { exitCode, json } = await cli.run(['lab', ...argv, '--json']);
      return [exitCode, json.error.code, json.error.hint];
    };
    expect(await errorOf('check')).toEqual([2, 'MISSING_ARGUMENT', 'aisafe lab list']);
    expect(await errorOf('check', 'measure-slope')).toEqual([3, 'NOT_FOUND', 'aisafe lab start measure-slope']);
    expect(await errorOf('watch', 'measure-slope')).toEqual([3, 'NOT_FOUND', 'aisafe lab start measure-slope']);
    await cli.begin();
    expect(await errorOf('check')).toEqual([6, 'NEEDS_TERMINAL', expect.stringContaining('--trust')]);
    expect(await errorOf('watch')).toEqual([6, 'NEEDS_TERMINAL', expect.stringContaining('aisafe lab check')]);
  });

  it('shows the code of somebody else’s lab and runs nothing that the learner does not want', async () => {
    const cli = createLabCli();
    await cli.begin();
    const { exitCode, stderr } = await cli.run(['lab', 'check'], { tty: true, answers: [false] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('grader.py');
    expect(stderr).toContain('Nothing was run.');
    const again = await cli.run(['lab', 'check', '--json'], { answers: [false] });
    expect(again.json.error).toMatchObject({ code: 'NOT_TRUSTED', hint: expect.stringContaining('--trust') });
  });

  it('ends in 7 without a Python that will do, and says nothing about the code', async () => {
    const cli = createLabCli();
    await cli.begin();
    const { exitCode, json } = await cli.check({ env: { AISAFE_PYTHON: '/nowhere/python3' } }, '--json');
    expect([exitCode, json.error.code]).toEqual([7, 'NO_PYTHON']);
    expect((await cli.run(['lab', 'list', '--json'])).json.data.labs[0].attempts).toBe(0);
  });
});

describe.skipIf(!python)('aisafe lab check', () => {
  it('names the mistake, repeats its numbers until it passes, and keeps the pass as evidence', async () => {
    const cli = createLabCli();
    await cli.run(['lab', 'start', 'measure-slope', '--predict', 'halved=4', '--predict', 'way=down']);
    const untouched = await cli.check({}, '--json');
    expect(untouched.exitCode).toBe(1);
    expect(untouched.json.data).toMatchObject({
      verdict: 'not-yet',
      functions: { written: [], all: ['slope', 'error'] },
    });

    cli.write(wrongAnswer);
    const wrong = await cli.check({ tty: true, columns: 100 });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toMatch(/you divide by h\s+instead of 2h/);
    expect(wrong.stdout).toMatch(/slopes\.py:\d+/);
    expect(wrong.stdout).toContain('2 of 2 functions written');
    const again = await cli.run(['lab', 'check', '--json'], { cwd: cli.folder });
    expect(again.json.data.seed).toBe(untouched.json.data.seed);
    const [first] = again.json.data.checks;
    expect(first).toMatchObject({ id: 'slope-of-a-line', status: 'fail' });

    cli.write(rightAnswer);
    const right = await cli.check({}, '--json');
    expect(right.exitCode).toBe(0);
    expect(right.json.data).toMatchObject({
      verdict: 'passed',
      assisted: false,
      attempts: 4,
      predictions: [
        { prediction: 'halved', right: true },
        { prediction: 'way', right: false },
      ],
      tasks: [{ id: 'write-proof', state: 'part' }],
    });
    const { evidence } = (await cli.run(['evidence', 'list', 'write-proof', '--json'])).json.data;
    expect(evidence).toMatchObject([{ reference: { type: 'lab', lab: 'measure-slope', assisted: false } }]);
    await cli.check();
    expect((await cli.run(['evidence', 'list', '--json'])).json.data.evidence).toHaveLength(1);

    const status = (await cli.run(['status', '--json'])).json.data.labs;
    expect(status).toMatchObject({ passed: 1, total: 1, predictions: { right: 1, scored: 2 } });
    const concept = (await cli.run(['concepts', 'slope', '--json'])).json.data;
    expect(JSON.stringify(concept)).toContain('"applied"');
    const page = (await cli.run(['export', '--format', 'markdown'])).stdout;
    expect(page).toContain('## Labs passed');
    expect(page).toContain('fall = ');
    const table = (await cli.run(['export', '--format', 'csv', '--what', 'labs'])).stdout;
    expect(table).toContain('measure-slope');
  });

  it('may begin with another Python than the one that grades, and leaves nothing of it', async () => {
    const cli = createLabCli();
    await cli.begin();
    cli.write(rightAnswer);
    await cli.check();
    const cache = join(cli.home, 'python.json');
    const known = JSON.parse(readFileSync(cache, 'utf8'));
    const [first] = known.remembered;
    const other = join(cli.home, 'other-python');
    writeFileSync(other, '#!/bin/sh\nexec sleep 314\n', { mode: 0o755 });
    const guess = { ...first, key: 'other', probe: { ...first.probe, executable: other }, stamps: [] };
    writeFileSync(cache, JSON.stringify({ ...known, remembered: [guess, first] }));
    expect((await cli.run(['lab', 'check', 'nowhere'])).exitCode).toBe(3);
    expect((await cli.check()).exitCode).toBe(0);
    await vi.waitFor(() => expect(processesWith(/sleep 314/)).toEqual([]), { timeout: 5000 });
  });

  it('takes back a run with everything that it left behind', async () => {
    const cli = createLabCli();
    await cli.begin();
    await cli.check();
    cli.write(rightAnswer);
    const exported = async () => (await cli.run(['export', '--format', 'json'])).stdout;
    const before = await exported();
    await cli.check();
    expect(await exported()).not.toBe(before);
    await cli.run(['undo']);
    expect(await exported()).toBe(before);
  });

  it('runs only some checks, which passes nothing', async () => {
    const cli = createLabCli();
    await cli.begin();
    cli.write(rightAnswer);
    const some = await cli.check({}, '--only', 'slope-of-a-line', '--seed', '7', '--json');
    expect([some.exitCode, some.json.data.fullRun, some.json.data.seed]).toEqual([1, false, 7]);
    const unknown = await cli.check({}, '--only', 'slope', '--json');
    expect([unknown.exitCode, unknown.json.error.code]).toEqual([3, 'NOT_FOUND']);
  });

  it('ends in 4 when the lab is faulty, and counts nothing', async () => {
    const cli = createLabCli([
      { file: 'labs/measure-slope/grader.py', replace: 'a, b, x = lab.rng', with: 'a, b, x = lab.rgn' },
    ]);
    await cli.begin();
    cli.write(rightAnswer);
    const { exitCode, json } = await cli.check({}, '--json');
    expect([exitCode, json.error.code]).toEqual([4, 'LAB_INVALID']);
    expect((await cli.run(['lab', 'list', '--json'])).json.data.labs[0].attempts).toBe(0);
  });

  it('tells where a file cannot be read as Python', async () => {
    const cli = createLabCli();
    await cli.begin();
    cli.write('def slope(f, x, h)\n    return 0\n');
    const { exitCode, stdout } = await cli.check({ tty: true });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('slopes.py:1');
  });

  it('runs nothing of a lab before it is asked to', async () => {
    const marker = join(tmpdir(), `aisafe-ran-${process.pid}`);
    const cli = createLabCli();
    const folder = join(cli.home, 'base', 'labs', 'measure-slope');
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.py'))) {
      const path = join(folder, name);
      writeFileSync(path, `${readFileSync(path, 'utf8')}\nopen(${JSON.stringify(marker)}, 'w').close()\n`);
    }
    const asked = [
      ['lab', 'list'],
      ['show', 'measure-slope'],
      ['lab', 'start', 'measure-slope', '--no-predictions'],
      ['lab', 'hint', 'measure-slope'],
      ['lab', 'check', 'measure-slope'],
      ['lab', 'doctor'],
      ['next'],
      ['show', 'write-proof'],
      ['search', 'slope'],
      ['export', '--format', 'json'],
      ['curriculum', 'lint', join(cli.home, 'base')],
    ];
    for (const argv of asked) expect((await cli.run(argv)).stderr).not.toContain('inside aisafe');
    expect(existsSync(marker)).toBe(false);
    await cli.check();
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
  });

  it('asks again when the code of the lab has changed', async () => {
    const cli = createLabCli();
    await cli.begin();
    await cli.check();
    expect((await cli.run(['lab', 'check', '--json'])).exitCode).toBe(1);
    writeFileSync(join(cli.home, 'base', 'labs', 'measure-slope', 'curves.py'), 'def cube(x):\n    return x ** 3\n');
    expect((await cli.run(['lab', 'check', '--json'])).exitCode).toBe(6);
  });

  it('ticks the task when the lab proves all of it and the learner wants that', async () => {
    const cli = createLabCli([
      {
        file: 'phases/second.yaml',
        replace: '        lab: measure-slope\n',
        with: '        lab: measure-slope\n        lab_proves: full\n',
      },
    ]);
    await cli.begin();
    cli.write(rightAnswer);
    expect((await cli.check({}, '--json')).json.data.tasks).toMatchObject([{ id: 'write-proof', state: 'ready' }]);
    const next = (await cli.run(['next', '--json', '--limit', '9'])).json.data.tasks;
    const task = next.find(({ id }: { id: string }) => id === 'write-proof');
    if (task) expect(task.command).toBe('aisafe done write-proof');
    await cli.run(['config', 'set', 'auto-tick', 'on']);
    expect((await cli.check({}, '--json')).json.data.tasks).toMatchObject([{ state: 'ticked' }]);
    expect((await cli.run(['show', 'write-proof', '--json'])).json.data.state).toBe('done');
  });
});
