import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Cli, createCli } from '../helpers/cli.js';
import { createGuideCli } from '../helpers/guide-cli.js';

const remembered = [
  ['next', '--json'],
  ['next', '--minutes', '30', '--limit', '5', '--json'],
  ['next', '--why'],
  ['--json'],
  ['status', '--json'],
  ['status', 'phase1'],
  ['review', '--json'],
  ['review', '--limit', '3', '--json'],
  ['search', 'attenion', '--json'],
  ['search', 'read', '--kind', 'note', '--json'],
  ['search', 'gradient descent'],
];

function withStoreFile<T>({ home }: Cli, look: (file: Sqlite.Database) => T): T {
  const file = new Sqlite(join(home, 'aisafe.db'));
  try {
    return look(file);
  } finally {
    file.close();
  }
}

const rows = "FROM curriculum_cache WHERE key GLOB 'derived:*'";
const countKept = (cli: Cli) =>
  withStoreFile(cli, (file) => Number(file.prepare(`SELECT count(*) ${rows}`).pluck().get()));
const forgetAll = (cli: Cli) =>
  withStoreFile(cli, (file) =>
    file.exec(`DELETE ${rows} OR key GLOB '*#texts'; DELETE FROM curriculum_part WHERE key GLOB '*#texts'`),
  );

describe('what is remembered between calls', () => {
  it('never shows: after every change each command says what it would say without it', {
    timeout: 120_000,
  }, async () => {
    const cli = createCli();
    const answers = join(cli.home, 'answers.json');
    writeFileSync(
      answers,
      JSON.stringify(Array.from({ length: 10 }, (_, index) => ({ answer: 'abc'.charAt(index % 3), confidence: 0.9 }))),
    );
    const evening = '2026-11-23T18:00:00.000Z';
    const steps: readonly (readonly [now: string, ...argv: string[]])[] = [
      [evening, 'config', 'list'],
      [evening, 'start', 'practise-git-basics'],
      [evening, 'done', 'practise-git-basics/levels'],
      [evening, 'log', 'practise-git-basics', '--minutes', '25'],
      [evening, 'done', 'practise-git-basics'],
      [evening, 'undo'],
      [evening, 'quiz', '--kind', 'choice', '--count', '10', '--seed', '7', '--answers', answers],
      [evening, 'config', 'set', 'next-limit', '4'],
      [evening, 'defer', 'compare-roles', '--days', '2'],
      // The same evening, an hour later: a week ago has moved on, the study day has not.
      ['2026-11-23T19:00:00.000Z', 'note', 'compare-roles', 'read on'],
      ['2026-11-24T18:00:00.000Z', 'config', 'list'],
      ['2026-11-26T18:00:00.000Z', 'config', 'list'],
      ['2026-12-01T17:59:59.000Z', 'config', 'list'],
      // The whole days away go up in the middle of a study day.
      ['2026-12-01T20:00:00.000Z', 'config', 'list'],
      ['2026-12-01T20:00:00.000Z', 'init', '--background', 'stem', '--hours', '6', '--no-focus', '--no-placement'],
    ];
    for (const [now, ...argv] of steps) {
      const env = { AISAFE_NOW: now };
      expect((await cli.run(argv, { env })).exitCode, argv.join(' ')).toBe(0);
      const say = async () => {
        const said: string[] = [];
        for (const command of remembered) {
          const { exitCode, stdout, stderr } = await cli.run(command, { env });
          said.push(`${command.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
        }
        return said;
      };
      const first = await say();
      expect(countKept(cli)).toBeGreaterThan(0);
      expect(await say(), `again after ${argv.join(' ')}`).toEqual(first);
      forgetAll(cli);
      expect(await say(), `anew after ${argv.join(' ')}`).toEqual(first);
    }
  });

  it('is used: what was kept is what is said', async () => {
    const cli = createCli();
    const { json } = await cli.run(['next', '--json']);
    const [title] = json.data.tasks.map((task: { title: string }) => task.title);
    withStoreFile(cli, (file) =>
      file.prepare(`UPDATE curriculum_cache SET json = replace(json, ?, 'Kept') WHERE key GLOB 'derived:*'`).run(title),
    );
    expect((await cli.run(['next'])).stdout).toContain('Kept');
    await cli.run(['log', json.data.tasks[0].id, '--minutes', '5']);
    expect((await cli.run(['next'])).stdout).not.toContain('Kept');
  });

  it('does not pile up: what was worked out before the last event is dropped', async () => {
    const cli = createCli();
    for (const limit of ['1', '2', '3']) await cli.run(['next', '--limit', limit]);
    expect(countKept(cli)).toBe(3);
    await cli.run(['config', 'set', 'next-limit', '2']);
    await cli.run(['next']);
    expect(countKept(cli)).toBe(1);
  });

  it('follows an edited curriculum', async () => {
    const cli = createGuideCli();
    expect((await cli.run(['next'])).stdout).toContain('Look around');
    const path = join(cli.home, 'guide', 'phases', 'warm-up.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('title: Look around', 'title: Look about'));
    expect((await cli.run(['next'])).stdout).toContain('Look about');
  });
});
