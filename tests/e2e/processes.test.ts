import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempHome } from './terminal.js';

const program = resolve('bin/aisafe.cjs');

function start(home: string, argv: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [program, ...argv], {
    env: { ...process.env, AISAFE_HOME: home },
    stdio: 'ignore',
  });
  return new Promise((done) => child.on('exit', done));
}

function read(home: string, argv: readonly string[]): string {
  return execFileSync(process.execPath, [program, ...argv], {
    env: { ...process.env, AISAFE_HOME: home },
    encoding: 'utf8',
  });
}

describe('several processes', () => {
  it('lose nothing when four of them write at once', async () => {
    const home = join(tempHome(), 'data');
    // The store is not there yet: the four also race for making it.
    const writer = async (name: string) => {
      for (let number = 0; number < 5; number += 1) {
        expect(await start(home, ['note', 'read-case-for-safety', `${name}-${number}`])).toBe(0);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(writer));
    const notes: { text: string }[] = JSON.parse(read(home, ['note', 'read-case-for-safety', '--json'])).data.notes;
    const expected = ['a', 'b', 'c', 'd'].flatMap((name) => [0, 1, 2, 3, 4].map((number) => `${name}-${number}`));
    expect(notes.map(({ text }) => text).sort()).toEqual(expected);
    expect(
      JSON.parse(read(home, ['doctor', '--json'])).data.checks.every(
        (check: { status: string }) => check.status !== 'failed',
      ),
    ).toBe(true);
  });

  it('leave a whole store behind when they are killed in the middle of writing', async () => {
    const home = join(tempHome(), 'data');
    read(home, ['next']);
    for (let delay = 20; delay <= 200; delay += 20) {
      const child = spawn(process.execPath, [program, 'log', 'read-case-for-safety', '--minutes', '1'], {
        env: { ...process.env, AISAFE_HOME: home },
        stdio: 'ignore',
      });
      const ended = new Promise((done) => child.on('exit', done));
      setTimeout(() => child.kill('SIGKILL'), delay);
      await ended;
    }
    expect(
      JSON.parse(read(home, ['doctor', '--json'])).data.checks.every(
        (check: { status: string }) => check.status !== 'failed',
      ),
    ).toBe(true);
    const { tasks, events } = JSON.parse(read(home, ['export', '--format', 'json'])).data;
    const logged = tasks.find((task: { id: string }) => task.id === 'read-case-for-safety')?.minutes ?? 0;
    expect(logged).toBe(events.length);
  });

  it('end quietly when the reader has seen enough', () => {
    const home = join(tempHome(), 'data');
    const out = execFileSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${program}" resources --limit 300 2>&1 | head -1`],
      {
        env: { ...process.env, AISAFE_HOME: home },
        encoding: 'utf8',
      },
    );
    expect(out.split('\n').filter(Boolean)).toHaveLength(1);
  });

  it.each([['next'], ['resources', '--limit', '300'], ['resources', '--limit', '300', '--json']])(
    'give a slow reader, a pipe and a file the same, to the last byte: %s',
    (...argv) => {
      const home = join(tempHome(), 'data');
      const shown = (after: string) =>
        execFileSync('bash', ['-c', `set -o pipefail; "$@" ${after}`, 'bash', process.execPath, program, ...argv], {
          env: { ...process.env, AISAFE_HOME: home },
          encoding: 'utf8',
          maxBuffer: 16 * 1024 * 1024,
        });
      const whole = shown('');
      expect(whole.length).toBeGreaterThan(500);
      expect(shown('| (sleep 0.5; cat)')).toBe(whole);
      expect(shown(`> ${join(home, 'out')}; cat ${join(home, 'out')}`)).toBe(whole);
    },
  );

  it('do not wait for a terminal that is not there', async () => {
    const home = join(tempHome(), 'data');
    expect(await start(home, ['init'])).toBe(6);
    expect(await start(home, ['check', 'phase1'])).toBe(6);
    expect(await start(home, ['focus'])).toBe(6);
    expect(await start(home, ['restore', 'nothing.db'])).toBeGreaterThan(1);
  });
});
