import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawDatabase } from '../store/temp-store.js';
import { inspectStore, isFull, program, runProgram, tempFolder } from './harness.js';

const seconds = isFull ? 10 : 3;

describe('a store that', () => {
  it(`eight processes write to for ${seconds} s keeps every change`, { timeout: 120_000 }, async ({ task }) => {
    const home = tempFolder();
    const until = Date.now() + seconds * 1000;
    const writer = async (minutes: number) => {
      let done = 0;
      while (Date.now() < until) {
        const { code, stderr } = await runProgram(home, ['log', 'compare-roles', '--minutes', String(minutes)]);
        expect([code, stderr]).toEqual([0, expect.any(String)]);
        done += 1;
      }
      return done;
    };
    const counts = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(writer));
    const total = counts.reduce((sum, each) => sum + each, 0);
    const { events, failed } = inspectStore(home);
    expect([events.length, failed]).toEqual([total, []]);
    task.meta.fault = { runs: total, note: `${total} changes` };
  });

  it('another process keeps locked is told after a while, and can be read all the time', async () => {
    const home = tempFolder();
    await runProgram(home, ['log', 'compare-roles', '--minutes', '1']);
    const other = rawDatabase(join(home, 'aisafe.db'));
    other.exec('BEGIN IMMEDIATE');
    const [read, write] = await Promise.all([
      runProgram(home, ['status', '--json']),
      runProgram(home, ['log', 'compare-roles', '--minutes', '1', '--json']),
    ]);
    other.exec('ROLLBACK');
    other.close();
    expect(read.code).toBe(0);
    expect(write.code).toBe(5);
    expect(JSON.parse(write.stdout).error).toMatchObject({
      code: 'STORE_LOCKED',
      hint: expect.stringContaining('again'),
    });
    expect(inspectStore(home)).toMatchObject({ events: [expect.any(String)], failed: [] });
  });
});

describe('surroundings in which', () => {
  it('HOME is not set do not matter', async () => {
    const home = tempFolder();
    const env = { HOME: undefined, XDG_DATA_HOME: home, AISAFE_HOME: undefined };
    const { code, stderr } = await runProgram(home, ['log', 'compare-roles', '--minutes', '1'], { env });
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(inspectStore(join(home, 'aisafe')).events).toHaveLength(1);
  });

  it('the working folder is gone do not matter', async () => {
    const home = tempFolder();
    const shell = `mkdir "${home}/gone"; cd "${home}/gone"; rmdir "${home}/gone"; exec "$@"`;
    const { code, stderr } = await runProgram(home, ['log', 'compare-roles', '--minutes', '1'], { shell });
    expect([code, stderr]).toEqual([0, expect.any(String)]);
  });

  const talkative = [
    ['list'],
    ['resources', '--limit', '300'],
    ['resources', '--limit', '300', '--json'],
    ['export', '--format', 'json'],
    ['export', '--format', 'markdown'],
    ['search', 'the'],
    ['help'],
    ['curriculum', 'questions'],
  ];
  it.each(talkative.map((argv) => [argv.join(' '), argv] as const))(
    'stdout is closed early end “%s” quietly',
    async (_name, argv) => {
      const home = tempFolder();
      const { code, stderr } = await runProgram(home, argv, { shell: 'set -o pipefail; "$@" | head -1' });
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/EPIPE|Error|\n {4}at /);
    },
  );

  it('there is no standard input, output or error do not matter to what is written', async () => {
    const home = tempFolder();
    await runProgram(home, [], {
      shell: `"${process.execPath}" "${program}" log compare-roles --minutes 1 <&- >&- 2>&-`,
    });
    expect(inspectStore(home)).toMatchObject({ events: [expect.any(String)], failed: [] });
  });
});
