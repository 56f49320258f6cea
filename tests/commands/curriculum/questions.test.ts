import { describe, expect, it } from 'vitest';
import { baseFolder } from '../../content/folders.js';
import { createCli } from '../../helpers/cli.js';

async function baseCli() {
  const cli = createCli();
  await cli.run(['curriculum', 'add', baseFolder, '--use']);
  return cli;
}

describe('aisafe curriculum questions', () => {
  it('counts what the questions cover', async () => {
    const cli = await baseCli();
    const { exitCode, json } = await cli.run(['curriculum', 'questions', '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({
      concept: null,
      count: 11,
      kinds: { choice: 1, multi: 1, number: 2, text: 2, cloze: 1, order: 1, match: 1, explain: 2 },
      numbers: { all: 2, parameterised: 1 },
      difficulty: [1, 6, 2, 2, 0],
      lengthTell: { choices: 1, longestRight: 0, most: 0.4, telling: false },
      similar: [],
      questions: null,
    });
    expect(json.data.concepts.map(({ id, count }: { id: string; count: number }) => [id, count])).toEqual([
      ['limit', 5],
      ['slope', 6],
      ['difference', 7],
    ]);
  });

  it.each([60, 80, 120])('fits a terminal of %d columns', async (columns) => {
    const cli = await baseCli();
    for (const argv of [[], ['--concept', 'slope']]) {
      const { exitCode, stdout } = await cli.run(['curriculum', 'questions', ...argv], { tty: true, columns });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('11 questions'.slice(argv.length === 0 ? 0 : 3));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are not columns
      for (const line of stdout.replace(/\u001b\[[\d;]*m/g, '').split('\n'))
        expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it('lists the questions on a concept, also in a pipe', async () => {
    const cli = await baseCli();
    const { stdout } = await cli.run(['curriculum', 'questions', '--concept', 'slope']);
    expect(stdout).toMatch(/^slope-of-a-line\tnumber\t2\tA line goes/m);
    expect(stdout).not.toContain('steps-of-a-check');
    const { json } = await cli.run(['curriculum', 'questions', '--concept', 'slope', '--json']);
    expect(json.data).toMatchObject({ concept: { id: 'slope' }, count: 6 });
    expect(json.data.questions).toHaveLength(6);
  });

  it('shows in colour what it shows without', async () => {
    const cli = await baseCli();
    const argv = ['curriculum', 'questions'];
    const plain = await cli.run(argv, { tty: true, columns: 80, env: { NO_COLOR: '1' } });
    const coloured = await cli.run(argv, { tty: true, columns: 80, env: { NO_COLOR: '', FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what differs
    expect(coloured.stdout.replace(/\u001b\[[\d;]*m/g, '')).toBe(plain.stdout);
  });

  it('offers the nearest concept', async () => {
    const cli = await baseCli();
    const { exitCode, json } = await cli.run(['curriculum', 'questions', '--concept', 'slop', '--json']);
    expect([exitCode, json.error.hint]).toEqual([3, 'aisafe curriculum questions --concept slope']);
  });
});
