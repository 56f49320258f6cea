import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLabCli } from './lab-cli.js';

describe('aisafe lab start', () => {
  it('copies the starter, the lesson and the support files, and starts the task', async () => {
    const cli = createLabCli();
    const { exitCode, json } = await cli.run(['lab', 'start', 'measure-slope', '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({
      lab: 'measure-slope',
      folder: cli.folder,
      written: ['slopes.py', 'curves.py', 'README.md'],
      kept: [],
      first: { name: 'slope', line: 4 },
      command: 'aisafe lab check measure-slope',
    });
    expect(readdirSync(cli.folder).sort()).toEqual(['README.md', 'curves.py', 'slopes.py']);
    expect((await cli.run(['show', 'write-proof', '--json'])).json.data.state).toBe('started');
  });

  it('never touches what is there, and may be told again', async () => {
    const cli = createLabCli();
    await cli.begin();
    writeFileSync(join(cli.folder, 'slopes.py'), 'mine\n');
    const { json } = await cli.run(['lab', 'start', 'write-proof', '--json']);
    expect(json.data).toMatchObject({ written: [], kept: ['slopes.py', 'curves.py', 'README.md'] });
    expect(readFileSync(join(cli.folder, 'slopes.py'), 'utf8')).toBe('mine\n');
  });

  it('asks what the learner expects, on a terminal', async () => {
    const cli = createLabCli();
    const { stdout, stderr } = await cli.run(['lab', 'start', 'measure-slope'], {
      tty: true,
      answers: ['4', 'Up, or larger'],
    });
    expect(stderr).toContain('before you begin, what do you expect');
    expect(stdout).toContain('2 predictions kept');
    const { json } = await cli.run(['lab', 'start', 'measure-slope', '--json']);
    expect(json.data.predictions).toMatchObject([
      { prediction: 'halved', answer: { type: 'number', value: 4 } },
      { prediction: 'way', answer: { type: 'direction', direction: 'up' } },
    ]);
  });

  it('takes predictions on the command line, and says what is wrong with them', async () => {
    const cli = createLabCli();
    const started = await cli.run([
      'lab',
      'start',
      'measure-slope',
      '--predict',
      'halved=4,1',
      '--predict',
      'way=?',
      '--json',
    ]);
    expect(started.json.data.predictions).toMatchObject([
      { answer: { type: 'number', value: 4.1 } },
      { answer: { type: 'unknown' } },
    ]);
    const hintOf = async (word: string) =>
      (await cli.run(['lab', 'start', 'measure-slope', '--predict', word, '--json'])).json.error;
    expect(await hintOf('halfed=4')).toMatchObject({ code: 'BAD_VALUE', hint: expect.stringContaining('halved=') });
    expect(await hintOf('halved=lots')).toMatchObject({ code: 'BAD_VALUE' });
    expect(await hintOf('way=4')).toMatchObject({ code: 'BAD_VALUE' });
  });

  it('goes to another folder when told, and to the one of the setting', async () => {
    const cli = createLabCli();
    await cli.run(['lab', 'start', 'measure-slope', '--dir', 'elsewhere']);
    expect(existsSync(join(cli.home, 'elsewhere', 'slopes.py'))).toBe(true);
    const other = createLabCli();
    await other.run(['config', 'set', 'lab-folder', join(other.home, 'work')]);
    await other.run(['lab', 'start', 'measure-slope']);
    expect(existsSync(join(other.home, 'work', 'measure-slope', 'slopes.py'))).toBe(true);
  });

  it('offers the nearest lab', async () => {
    const { exitCode, json } = await createLabCli().run(['lab', 'start', 'measure-slop', '--json']);
    expect([exitCode, json.error.hint]).toEqual([3, 'aisafe lab start measure-slope']);
  });

  it('lists labs with their standing', async () => {
    const cli = createLabCli();
    expect((await cli.run(['lab', 'list'])).stdout).toBe(
      'first\tmeasure-slope\tnot-started\t10\t20\tMeasure a slope\n',
    );
    await cli.begin();
    const { json } = await cli.run(['lab', 'list', '--json']);
    expect(json.data.labs[0]).toMatchObject({ standing: 'started', tasks: [{ id: 'write-proof', proves: 'part' }] });
    expect((await cli.run(['lab', 'list'], { tty: true, columns: 60 })).stdout).toContain('started');
  });
});
