import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { rawDatabase } from '../../store/temp-store.js';
import { createSmallCli, type SmallCli } from '../check/small-folder.js';

const history = async (cli: SmallCli) => (await cli.run(['export', '--format', 'jsonl'])).stdout;
const storePath = (cli: { readonly home: string }) => join(cli.home, 'aisafe.db');

function damage(cli: { readonly home: string }): void {
  writeFileSync(storePath(cli), 'this is not a database, and never was one'.repeat(100));
  for (const suffix of ['-wal', '-shm']) rmSync(storePath(cli) + suffix, { force: true });
}

describe('aisafe backup', () => {
  it('copies the store, and lists the copies', async () => {
    const cli = createSmallCli();
    const made = await cli.run(['backup', '--json']);
    expect(made).toMatchObject({
      exitCode: 0,
      json: { schema: 'aisafe.backup/1', data: { made: { reason: 'manual' } } },
    });
    expect(statSync(made.json.data.made.path).mode & 0o777).toBe(0o600);
    const listed = await cli.run(['backup', '--list', '--json']);
    expect(listed.json.data).toMatchObject({
      made: null,
      backups: [{ path: made.json.data.made.path, reason: 'manual' }],
    });
    expect((await cli.run(['backup', '--list'], { tty: true })).stdout).toContain('by hand');
    expect((await cli.run(['backup', '--list'])).stdout.split('\t')).toHaveLength(4);
    expect((await cli.run(['backup'], { tty: true })).stdout).toMatch(/^Backed up to/);
  });

  it('copies to a file of one’s own, once', async () => {
    const cli = createSmallCli();
    expect((await cli.run(['backup', '--output', 'mine.db'])).stdout).toBe(`${join(cli.home, 'mine.db')}\n`);
    expect(await cli.run(['backup', '--output', 'mine.db'])).toMatchObject({ exitCode: 5, stdout: '' });
  });

  it('says that there are none, and makes no store to find that out', async () => {
    const cli = createCli();
    expect((await cli.run(['backup', '--list'])).stdout).toContain('no backups');
    expect(readdirSync(cli.home)).toEqual([]);
  });

  it('lists them even when the store is damaged', async () => {
    const cli = createSmallCli();
    await cli.run(['backup']);
    damage(cli);
    expect((await cli.run(['backup', '--list', '--json'])).json.data.backups).toHaveLength(1);
  });

  it('takes one of --list and --output', async () => {
    expect((await createCli().run(['backup', '--list', '--output', 'x'])).exitCode).toBe(2);
  });
});

describe('aisafe restore', () => {
  async function withBackup(): Promise<{ readonly cli: SmallCli; readonly file: string; readonly before: string }> {
    const cli = createSmallCli();
    await cli.run(['start', 'build-attention']);
    const before = await history(cli);
    const file = (await cli.run(['backup', '--json'])).json.data.made.path;
    await cli.run(['done', 'build-attention']);
    return { cli, file, before };
  }

  it('brings a backup back and keeps what was there', async () => {
    const { cli, file, before } = await withBackup();
    const after = await history(cli);
    const { exitCode, json } = await cli.run(['restore', file, '--yes', '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({
      restored: true,
      from: file,
      events: 3,
      lastActivityAt: '2026-11-23T18:00:00.000Z',
      movedAside: null,
    });
    expect(await history(cli)).toBe(before);
    await cli.run(['restore', json.data.previous, '--yes']);
    expect(await history(cli)).toBe(after);
  });

  it('takes the bare name of a backup', async () => {
    const { cli, file, before } = await withBackup();
    await cli.run(['restore', file.split('/').at(-1) ?? '', '--yes']);
    expect(await history(cli)).toBe(before);
  });

  it('asks first', async () => {
    const { cli, file, before } = await withBackup();
    const after = await history(cli);
    expect(await cli.run(['restore', file], { tty: true, answers: [false] })).toMatchObject({
      exitCode: 1,
      stdout: 'Nothing was changed.\n',
    });
    expect(await history(cli)).toBe(after);
    expect((await cli.run(['restore', file], { tty: true, answers: [true] })).stdout).toMatch(/^Restored/);
    expect(await history(cli)).toBe(before);
  });

  it('without a terminal names the flag', async () => {
    const { cli, file } = await withBackup();
    const { exitCode, stderr, stdout } = await cli.run(['restore', file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: '' });
    expect(stderr).toContain(`aisafe restore ${file} --yes`);
  });

  it('moves a store that cannot be read aside', async () => {
    const { cli, file, before } = await withBackup();
    damage(cli);
    const { json } = await cli.run(['restore', file, '--yes', '--json']);
    expect(json.data).toMatchObject({ restored: true, previous: null });
    expect(existsSync(json.data.movedAside)).toBe(true);
    expect(await history(cli)).toBe(before);
  });

  it('refuses what is no backup, and changes nothing', async () => {
    const { cli, file } = await withBackup();
    const after = await history(cli);
    writeFileSync(join(cli.home, 'fake.db'), 'no database');
    expect((await cli.run(['restore', 'fake.db', '--yes', '--json'])).json.error.code).toBe('DATA_INVALID');
    const missing = (await cli.run(['restore', 'nowhere.db', '--json'])).json.error;
    expect(missing).toMatchObject({ code: 'FILE_NOT_FOUND', hint: `aisafe restore ${file}` });
    expect(await history(cli)).toBe(after);
  });
});

describe('aisafe doctor', () => {
  const statusOf = (json: { data: { checks: { id: string; status: string }[] } }, id: string) =>
    json.data.checks.find((check) => check.id === id)?.status;

  it('finds nothing wrong where nothing is', async () => {
    const cli = createSmallCli();
    chmodSync(cli.home, 0o700);
    const { exitCode, json } = await cli.run(['doctor', '--json']);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ schema: 'aisafe.doctor/1', data: { healthy: true, home: cli.home, fixed: [] } });
    for (const id of ['node', 'native-module', 'store', 'integrity', 'projections', 'curriculum', 'time-zone'])
      expect(statusOf(json, id)).toBe('ok');
    // Tests stop the clock.
    expect(statusOf(json, 'time')).toBe('warning');
  });

  it('reads well at any width, and line by line in a pipe', async () => {
    const cli = createSmallCli();
    for (const columns of [60, 80, 120]) {
      const { stdout } = await cli.run(['doctor'], { tty: true, columns });
      expect(stdout).toMatch(/All is well.*\.\n$/);
      for (const line of stdout.split('\n'))
        if (!line.includes(cli.home)) expect(line.length).toBeLessThanOrEqual(columns);
    }
    for (const line of (await cli.run(['doctor'])).stdout.trimEnd().split('\n'))
      expect(line).toMatch(/^(ok|warning)\t[a-z-]+\t/);
  });

  it('makes no store where there is none', async () => {
    const cli = createCli();
    const { exitCode, json } = await cli.run(['doctor', '--json']);
    expect(exitCode).toBe(0);
    expect(statusOf(json, 'store')).toBe('ok');
    expect(readdirSync(cli.home)).toEqual([]);
  });

  it('misses a store that has only backups left', async () => {
    const cli = createSmallCli();
    await cli.run(['backup']);
    for (const suffix of ['', '-wal', '-shm']) rmSync(storePath(cli) + suffix, { force: true });
    const { exitCode, json } = await cli.run(['doctor', '--json']);
    expect(exitCode).toBe(1);
    expect(json.data.checks.find((check: { id: string }) => check.id === 'store')).toMatchObject({
      status: 'failed',
      hint: expect.stringMatching(/^aisafe restore /),
    });
    expect(existsSync(storePath(cli))).toBe(false);
  });

  it.each(['', ' --fix'])('reports a damaged store as a check that failed%s', async (fix) => {
    const cli = createSmallCli();
    damage(cli);
    const { exitCode, json } = await cli.run(['doctor', ...fix.split(' ').filter(Boolean), '--json']);
    expect(exitCode).toBe(1);
    expect(json.data).toMatchObject({ healthy: false });
    expect(statusOf(json, 'store')).toBe('failed');
    expect(statusOf(json, 'curriculum')).toBe('ok');
    expect((await cli.run(['doctor'], { tty: true })).stdout).toContain('FAILED');
  });

  it('reports a store of a newer version', async () => {
    const cli = createSmallCli();
    rawDatabase(storePath(cli)).pragma('user_version = 99');
    const { exitCode, json } = await cli.run(['doctor', '--json']);
    expect(exitCode).toBe(1);
    expect(json.data.checks.find((check: { id: string }) => check.id === 'store').message).toContain('newer');
  });

  it('reports a curriculum that cannot be read', async () => {
    const cli = createSmallCli();
    writeFileSync(join(cli.home, 'small', 'curriculum.yaml'), 'format: 99\n');
    const { exitCode, json } = await cli.run(['doctor', '--json']);
    expect(exitCode).toBe(1);
    expect(statusOf(json, 'curriculum')).toBe('failed');
  });

  it('--fix rebuilds progress and makes the files private', async () => {
    const cli = createSmallCli();
    await cli.run(['start', 'build-attention']);
    const good = (await cli.run(['export', '--format', 'json'])).stdout;
    rawDatabase(storePath(cli)).exec('DELETE FROM projection');
    chmodSync(storePath(cli), 0o644);
    mkdirSync(join(cli.home, 'backups'), { recursive: true });
    chmodSync(join(cli.home, 'backups'), 0o755);
    const broken = await cli.run(['doctor', '--json']);
    expect(broken.exitCode).toBe(1);
    expect(statusOf(broken.json, 'projections')).toBe('failed');
    expect(statusOf(broken.json, 'file-permissions')).toBe('warning');
    const mended = await cli.run(['doctor', '--fix', '--json']);
    expect(mended.exitCode).toBe(0);
    expect(mended.json.data.fixed.join('\n')).toMatch(/private[\s\S]*Rebuilt progress from 3 events/);
    expect(statSync(storePath(cli)).mode & 0o777).toBe(0o600);
    expect((await cli.run(['export', '--format', 'json'])).stdout).toBe(good);
  });
});
