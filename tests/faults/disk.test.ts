import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { inspectStore, runProgram, tempFolder } from './harness.js';

/** Mounts a small file system of its own, which only root may do; says so and skips otherwise. */
function mountOrSkip(context: TestContext, megabytes: number): string {
  const folder = tempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    context.skip('a small file system cannot be mounted here');
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' }));
  return folder;
}

function remount(folder: string, options: string): void {
  execFileSync('mount', ['-o', `remount,${options}`, folder], { stdio: 'ignore' });
}

function fill(folder: string): void {
  for (const bytes of [1_000_000, 10_000, 1000]) {
    for (let count = 0; ; count += 1) {
      try {
        writeFileSync(join(folder, `ballast-${bytes}-${count}`), Buffer.alloc(bytes));
      } catch {
        break;
      }
    }
  }
}

const writing = ['log', 'compare-roles', '--minutes', '5', '--json'] as const;

describe('a disk', () => {
  it('that is full: the change is refused with a sentence, and what was there stays', async (context) => {
    const folder = mountOrSkip(context, 12);
    const home = join(folder, 'data');
    mkdirSync(home, { mode: 0o700 });
    expect((await runProgram(home, writing)).code).toBe(0);
    const before = inspectStore(home).events;
    fill(folder);
    let refused = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      const { code, stdout } = await runProgram(home, writing);
      expect([0, 5]).toContain(code);
      if (code === 0) continue;
      refused += 1;
      expect(JSON.parse(stdout).error).toMatchObject({
        code: expect.stringMatching(/^STORE_FULL$|^STORE_UNWRITABLE$/),
      });
    }
    expect(refused).toBeGreaterThan(0);
    execFileSync('bash', ['-c', `rm -f "${folder}"/ballast-*`]);
    const { events, failed } = inspectStore(home);
    expect(failed).toEqual([]);
    expect(events.slice(0, before.length)).toEqual(before);
    expect((await runProgram(home, writing)).code).toBe(0);
    context.task.meta.fault = { runs: 11, note: `${refused} refused` };
  });

  it('that can only be read: refused with a sentence, and all is there when it can be written again', async (context) => {
    const folder = mountOrSkip(context, 12);
    const home = join(folder, 'data');
    mkdirSync(home, { mode: 0o700 });
    expect((await runProgram(home, writing)).code).toBe(0);
    const before = inspectStore(home).events;
    remount(folder, 'ro');
    const { code, stdout } = await runProgram(home, writing);
    expect(code).toBe(5);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'STORE_UNWRITABLE',
      message: expect.stringContaining(home),
    });
    remount(folder, 'rw');
    expect(inspectStore(home)).toEqual({ events: before, failed: [] });
  });

  it('folder that belongs to somebody else is refused with a sentence', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may write everywhere');
    const home = join(tempFolder(), 'data');
    mkdirSync(home);
    chmodSync(home, 0o500);
    onTestFinished(() => chmodSync(home, 0o700));
    const { code, stdout } = await runProgram(home, writing);
    expect(code).toBe(5);
    expect(JSON.parse(stdout).error.code).toBe('STORE_UNWRITABLE');
  });

  it
    .skipIf(!existsSync('/dev/full'))
    .each(['next', 'next --json', '--version', 'resources --limit 300', 'export --format json'])(
    'behind standard output: “%s” says that it is full',
    async (line) => {
      const argv = line.split(' ');
      const home = tempFolder();
      await runProgram(home, ['log', 'compare-roles', '--minutes', '5']);
      const { code, stderr } = await runProgram(home, argv, { shell: '"$@" > /dev/full' });
      expect(code).toBe(5);
      expect(stderr).toContain('could not be written: ENOSPC');
      expect(stderr).not.toMatch(/\n {4}at /);
      expect(inspectStore(home)).toMatchObject({ events: [expect.any(String)], failed: [] });
    },
  );
});

describe('a limit of the shell', () => {
  it('on the size of files: the change is refused, and what was there stays', async () => {
    const home = tempFolder();
    expect((await runProgram(home, writing)).code).toBe(0);
    const before = inspectStore(home).events;
    const { code, stdout } = await runProgram(home, writing, { shell: 'trap "" XFSZ; ulimit -f 1; exec "$@"' });
    expect(code).toBe(5);
    expect(JSON.parse(stdout).error.code).toMatch(/^STORE_(FULL|UNWRITABLE)$/);
    expect(inspectStore(home)).toEqual({ events: before, failed: [] });
  });

  it('on open files: works, or is refused with a code of the contract', async () => {
    const home = tempFolder();
    const codes: (number | null)[] = [];
    for (const files of [64, 40, 32, 28, 26, 24, 22]) {
      const { code } = await runProgram(home, writing, { shell: `ulimit -n ${files}; exec "$@"` });
      codes.push(code);
      expect(inspectStore(home).failed).toEqual([]);
    }
    expect(codes[0]).toBe(0);
  });

  it('on memory: a command that is killed leaves a whole store', async () => {
    const home = tempFolder();
    expect((await runProgram(home, writing)).code).toBe(0);
    for (const kilobytes of [400_000, 600_000, 700_000, 800_000, 1_000_000]) {
      await runProgram(home, writing, { shell: `ulimit -v ${kilobytes}; exec "$@" 2>/dev/null` });
      expect(inspectStore(home).failed).toEqual([]);
    }
    expect((await runProgram(home, writing)).code).toBe(0);
  });
});
