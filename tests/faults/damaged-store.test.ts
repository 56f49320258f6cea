import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawDatabase } from '../store/temp-store.js';
import { inspectStore, runProgram, startProgram, tempFolder } from './harness.js';

/** A data folder with some history and a backup. */
async function filledHome(): Promise<string> {
  const home = tempFolder();
  for (const minutes of ['10', '20', '30']) await runProgram(home, ['log', 'compare-roles', '--minutes', minutes]);
  await runProgram(home, ['backup']);
  return home;
}

function overwrite(path: string): void {
  const file = openSync(path, 'r+');
  for (let at = 4096; at < statSync(path).size; at += 4096) writeSync(file, Buffer.alloc(3000, 0xa5), 0, 3000, at);
  closeSync(file);
}

/** Makes JSON in the file something else: its first quotation mark goes. */
function replaceByte(path: string, json: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(json);
  expect(at).toBeGreaterThan(0);
  bytes[bytes.indexOf('"', at)] = 0x40;
  writeFileSync(path, bytes);
}

const damages: readonly (readonly [name: string, code: string, damage: (path: string) => void])[] = [
  ['cut off in the middle', 'STORE_CORRUPT', (path) => truncateSync(path, 9000)],
  ['cut off to nothing', 'STORE_CORRUPT', (path) => truncateSync(path, 0)],
  ['overwritten with noise', 'STORE_CORRUPT', (path) => writeFileSync(path, Buffer.alloc(40_000, 0x3c))],
  ['overwritten from the second page on', 'STORE_CORRUPT', overwrite],
  [
    'replaced by a folder',
    'STORE_UNWRITABLE',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
  [
    'from the future',
    'STORE_NEWER',
    (path) => {
      const raw = rawDatabase(path);
      raw.pragma('user_version = 1000');
      raw.close();
    },
  ],
];

describe('a store that was', () => {
  it.each(damages)('%s is told with what to do, and is left as it is', async (_name, code, damage) => {
    const home = await filledHome();
    const path = join(home, 'aisafe.db');
    damage(path);
    const before = statSync(path).isFile() ? readFileSync(path) : undefined;
    for (const argv of [['status'], ['log', 'compare-roles', '--minutes', '5']]) {
      const { code: exitCode, stdout } = await runProgram(home, [...argv, '--json']);
      expect(exitCode).toBe(5);
      expect(JSON.parse(stdout).error).toMatchObject({
        code,
        message: expect.stringContaining(path),
        hint: expect.stringMatching(/\w/),
      });
    }
    if (before) expect(readFileSync(path).equals(before)).toBe(true);
    const doctor = await runProgram(home, ['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).not.toBe('');
  });

  it('hit in its progress comes back from the history', async () => {
    const home = await filledHome();
    const before = inspectStore(home).events;
    replaceByte(join(home, 'aisafe.db'), '"firstAt":');
    const { code, stdout } = await runProgram(home, ['export', '--format', 'json', '--json']);
    expect([code, JSON.parse(stdout).error.code]).toEqual([5, 'STORE_CORRUPT']);
    expect(JSON.parse(stdout).error.hint).toContain('aisafe doctor --fix');
    expect((await runProgram(home, ['doctor', '--fix'])).code).toBe(0);
    expect((await runProgram(home, ['export', '--format', 'json'])).code).toBe(0);
    expect(inspectStore(home)).toEqual({ events: before, failed: [] });
  });

  it.each(['jsonl', 'json', 'csv'])(
    'hit in an event goes out as %s not at all, and comes back from the backup',
    async (format) => {
      const home = await filledHome();
      const { events } = inspectStore(home);
      replaceByte(join(home, 'aisafe.db'), '{"minutes":20}');
      const target = join(home, 'out');
      const argv = ['export', '--format', format, '--what', 'events', '--output', target, '--json'];
      const { code, stdout } = await runProgram(home, argv);
      expect([code, JSON.parse(stdout).error.code]).toEqual([5, 'STORE_CORRUPT']);
      expect(JSON.parse(stdout).error.hint).toMatch(/: aisafe doctor --fix$/);
      expect(existsSync(target)).toBe(false);
      expect((await runProgram(home, ['doctor'])).code).toBe(1);
      const fixed = await runProgram(home, ['doctor', '--fix']);
      expect([fixed.code, fixed.stdout]).toEqual([
        0,
        expect.stringContaining('was taken from a backup: time.logged of'),
      ]);
      expect(inspectStore(home)).toEqual({ events, failed: [] });
      expect((await runProgram(home, argv)).code).toBe(0);
    },
  );

  it('hit in an answer is told by every check with what mends it, and is mended', async () => {
    const home = tempFolder();
    const answers = join(home, 'answers.yaml');
    writeFileSync(answers, '- answer: "?"\n  confidence: 0.8\n');
    await runProgram(home, ['quiz', 'softmax', '--answers', answers]);
    await runProgram(home, ['backup']);
    const { events } = inspectStore(home);
    replaceByte(join(home, 'aisafe.db'), '{"answer":');
    const { code, stdout } = await runProgram(home, ['doctor', '--json']);
    const checks: readonly { id: string; status: string; hint?: string }[] = JSON.parse(stdout).data.checks;
    const failed = checks.filter(({ status }) => status === 'failed');
    expect(code).toBe(1);
    expect(failed.map(({ id }) => id)).toEqual(['integrity', 'projections', 'unknown-kinds']);
    for (const { hint } of failed) expect(hint).toMatch(/: aisafe doctor --fix$/);
    expect((await runProgram(home, ['doctor', '--fix'])).code).toBe(0);
    expect(inspectStore(home)).toEqual({ events, failed: [] });
    const exported = await runProgram(home, ['export', '--format', 'json']);
    expect(JSON.parse(exported.stdout).data.answers[0].answer).toEqual({ type: 'unknown' });
  });

  it('hit in an event that no backup has goes on without it, and keeps a copy of what was', async () => {
    const home = await filledHome();
    await runProgram(home, ['note', 'compare-roles', 'written after the backup']);
    await runProgram(home, ['log', 'compare-roles', '--minutes', '40']);
    const { events } = inspectStore(home);
    replaceByte(join(home, 'aisafe.db'), '{"item":');
    const { code, stdout } = await runProgram(home, ['doctor', '--fix', '--json']);
    const { fixed } = JSON.parse(stdout).data;
    expect([code, fixed[0]]).toEqual([0, expect.stringContaining('is in no backup, and was taken out: note.added of')]);
    const [, copy = ''] = String(fixed[1]).split('The store as it was: ');
    expect(readFileSync(copy).includes('written after the backup')).toBe(true);
    const after = inspectStore(home);
    expect(after.failed).toEqual([]);
    expect(events.filter((id) => !after.events.includes(id))).toHaveLength(1);
  });

  it('damaged comes back with the command that the message names', async () => {
    const home = await filledHome();
    const before = inspectStore(home).events;
    writeFileSync(join(home, 'aisafe.db'), 'noise '.repeat(3000));
    const { stdout } = await runProgram(home, ['status', '--json']);
    const [, ...words] = String(JSON.parse(stdout).error.hint).split(' ');
    expect((await runProgram(home, [...words, '--yes'])).code).toBe(0);
    expect(inspectStore(home)).toEqual({ events: before, failed: [] });
  });

  it('killed and lost its WAL file holds together, with the events that are left', async () => {
    const home = await filledHome();
    const before = inspectStore(home).events;
    const { child, ended } = startProgram(home, ['log', 'compare-roles', '--minutes', '5']);
    setTimeout(() => child.kill('SIGKILL'), 150);
    await ended;
    rmSync(join(home, 'aisafe.db-wal'), { force: true });
    const { events, failed } = inspectStore(home);
    expect(failed).toEqual([]);
    expect(events.slice(0, before.length)).toEqual(before);
    expect((await runProgram(home, ['log', 'compare-roles', '--minutes', '5'])).code).toBe(0);
  });
});
