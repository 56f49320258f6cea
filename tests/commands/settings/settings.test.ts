import { describe, expect, it } from 'vitest';
import { createGuideCli } from '../../helpers/guide-cli.js';

describe('aisafe config', () => {
  it('lists, sets, gets and unsets', async () => {
    const cli = createGuideCli();
    expect((await cli.run(['config', '--json'])).json.data.settings.map(({ key }: { key: string }) => key)).toEqual([
      'curriculum',
      'next-limit',
      'review-new-per-day',
      'review-due-per-day',
      'desired-retention',
      'grades',
      'auto-tick',
      'python',
      'lab-folder',
      'lab-time-scale',
      'confidence',
    ]);
    await cli.run(['config', 'set', 'next-limit', '1']);
    expect((await cli.run(['config', 'get', 'next-limit'])).stdout).toBe('1\n');
    expect((await cli.run(['next', '--json'])).json.data.tasks).toHaveLength(1);
    await cli.run(['config', 'unset', 'next-limit']);
    expect((await cli.run(['next', '--json'])).json.data.tasks).toHaveLength(3);
  });

  it.each([60, 80, 120])('says on a terminal of %i columns what each setting is for, whole', async (columns) => {
    const cli = createGuideCli();
    await cli.run(['config', 'set', 'next-limit', '4']);
    const { stdout } = await cli.run(['config'], { tty: true, columns });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('next-limit 4 how many tasks aisafe next shows');
    expect(text).toContain('python not set the Python that grades labs on this computer: a path, a name, or uv;');
    expect(text).toContain('grades pass-fail (preset) pass-fail, or four: again, hard, good, easy');
  });

  it('refuses unknown settings and values that will not do', async () => {
    const cli = createGuideCli();
    const failure = async (...argv: string[]) => {
      const { exitCode, json } = await cli.run(['config', ...argv, '--json']);
      return [exitCode, json.error.code];
    };
    expect(await failure('get', 'next-limt')).toEqual([3, 'NOT_FOUND']);
    expect(await failure('set', 'next-limit', 'many')).toEqual([2, 'BAD_VALUE']);
    expect(await failure('set', 'desired-retention', '0.98')).toEqual([2, 'BAD_VALUE']);
    expect(await failure('set', 'grades', 'five')).toEqual([2, 'BAD_VALUE']);
    expect(await failure('set', 'curriculum', 'nowhere')).toEqual([3, 'NOT_FOUND']);
    expect(await failure('sett', 'next-limit', '2')).toEqual([2, 'UNKNOWN_COMMAND']);
  });
});

describe('aisafe completion', () => {
  it('prints a script for each shell that asks for candidates', async () => {
    const cli = createGuideCli();
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout, exitCode } = await cli.run(['completion', shell]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('aisafe completion candidates --');
    }
    expect((await cli.run(['completion', 'tcsh'])).exitCode).toBe(2);
  });

  it('offers commands, their subcommands, their options and ids', async () => {
    const cli = createGuideCli();
    const words = async (...typed: string[]) =>
      (await cli.run(['completion', 'candidates', '--', ...typed])).stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t')[0]);
    expect(await words('ne')).toEqual(['next']);
    expect(await words('evidence', 'v')).toEqual(['verify']);
    expect(await words('next', '--mi')).toEqual(['--minutes']);
    expect(await words('done', 'look-around/look-l')).toEqual(['look-around/look-left']);
    expect(await words('done', 'watch')).toEqual(['watch-vectors']);
  });
});
