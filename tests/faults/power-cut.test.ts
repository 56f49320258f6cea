import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.js';
import { rawDatabase } from '../store/temp-store.js';
import { exportOf, inspectStore, isFull, runProgram, tempFolder } from './harness.js';

const hook = resolve('tests/faults/kill-at.cjs');

/** A data folder with the store of a released schema. */
function homeWithSchema(version: number): string {
  const home = tempFolder();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const raw = rawDatabase(join(home, 'aisafe.db'));
  raw.exec(readFileSync(resolve(`tests/store/fixtures/schema-${version}.sql`), 'utf8'));
  raw.pragma('journal_mode = WAL');
  raw.close();
  return home;
}

/** Runs the program until its call number `at` of SQLite. Was there such a call? */
async function cutAt(home: string, argv: readonly string[], at: number): Promise<boolean> {
  const env = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require "${hook}"`, AISAFE_KILL_AT: String(at) };
  const { signal } = await runProgram(home, argv, { env });
  return signal === 'SIGKILL';
}

/** The first calls, where most is decided, one by one, and a sample of the rest, which write one row like another. */
function nextCall(at: number): number {
  const [oneByOne, growth] = isFull ? [120, 1.1] : [8, 1.6];
  return at < oneByOne ? at + 1 : Math.ceil(at * growth);
}

/** An export of another computer. */
const history = join(mkdtempSync(join(tmpdir(), 'aisafe-faults-')), 'history.jsonl');
writeFileSync(history, exportOf(40));
afterAll(() => rmSync(dirname(history), { recursive: true, force: true }));

describe('a power cut before any call of SQLite', () => {
  it.each(migrations.map(({ version }) => version))(
    'while schema %i is brought up to date: every event is there, and the next start ends the work',
    { timeout: 1_200_000 },
    async (version) => {
      const wanted = inspectStore(homeWithSchema(version)).events;
      expect(wanted.length).toBeGreaterThan(0);
      let cuts = 0;
      for (let at = 1; ; at = nextCall(at)) {
        const home = homeWithSchema(version);
        if (!(await cutAt(home, ['status'], at))) break;
        cuts += 1;
        expect(inspectStore(home), `cut before call ${at}`).toEqual({ events: wanted, failed: [] });
      }
      expect(cuts).toBeGreaterThan(8);
    },
  );

  it.each([
    ['the first start', []],
    ['a task is done', ['done', 'read-case-for-safety', '--minutes', '5', '--note', 'written down']],
    ['an action is undone', ['undo']],
    ['a history comes into a new store', ['import', history]],
  ] as const)('while %s: all of it happened or nothing', { timeout: 1_200_000 }, async (_what, argv) => {
    const fresh = async () => {
      const home = tempFolder();
      if (argv.length > 0 && argv[0] !== 'import') await runProgram(home, ['log', 'compare-roles', '--minutes', '7']);
      return home;
    };
    const whole = await fresh();
    const before = inspectStore(whole).events.length;
    await runProgram(whole, argv);
    const after = inspectStore(whole).events.length;
    for (let at = 1; ; at = nextCall(at)) {
      const home = await fresh();
      if (!(await cutAt(home, argv, at))) break;
      const { events, failed } = inspectStore(home);
      expect(failed, `cut before call ${at}`).toEqual([]);
      expect([before, after], `cut before call ${at}`).toContain(events.length);
    }
  });
});
