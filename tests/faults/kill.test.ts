import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/platform/random.js';
import { rawDatabase } from '../store/temp-store.js';
import { exportOf, inspectStore, isFull, runProgram, startProgram, tempFolder } from './harness.js';
import { prepareFiles } from './writing-commands.js';

const kills = isFull ? 600 : 60;

/** A number from 0 up to below 1. */
function fraction(random: { bytes(count: number): Uint8Array }): number {
  const [high = 0, low = 0] = random.bytes(2);
  return (high * 256 + low) / 65_536;
}

describe('kill -9 at random moments of every command that writes', () => {
  it(`loses nothing that was there before, ${kills} times`, { timeout: 10_000 * kills }, async ({ task }) => {
    const home = tempFolder();
    const { commands } = prepareFiles(tempFolder());
    const random = seededRandom('kill');
    let before = inspectStore(home).events;
    let [killed, finished] = [0, 0];
    await runProgram(home, ['next']); // the first run parses the curriculum, which takes far longer than the ones to kill
    const started = Date.now();
    await runProgram(home, ['undo', '--list']);
    const usual = Date.now() - started;
    for (let turn = 0; killed < kills; turn += 1) {
      if (turn > 20 * kills) throw new RangeError(`only ${killed} of ${turn} commands were killed: they end before`);
      const command = commands[turn % commands.length];
      if (!command) throw new RangeError('no commands');
      const { child, ended } = startProgram(home, command.argv(turn), { env: { AISAFE_HOME: home } });
      // From the middle of the start to after the writing of most commands, however fast the machine is.
      const timer = setTimeout(() => child.kill('SIGKILL'), usual * (0.3 + 1.2 * fraction(random)));
      const { signal, code, stderr } = await ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
      else {
        finished += 1;
        expect([0, 1, 2], `${command.name}: ${stderr}`).toContain(code);
      }
      const { events, failed } = inspectStore(home);
      expect(failed, `after ${command.name}`).toEqual([]);
      expect(events.filter((id) => before.includes(id)).length, `after ${command.name}`).toBe(before.length);
      before = events;
    }
    task.meta.fault = { runs: killed + finished, note: `${killed} killed, ${before.length} events kept` };
    expect(before.length).toBeGreaterThan(10);
  });
});

describe('kill -9 while a history that is longer than the cache comes into a new store', () => {
  const times = isFull ? 40 : 4;
  it(`leaves all of it or nothing, and a store like any other, ${times} times`, { timeout: 60_000 * times }, async ({
    task,
  }) => {
    const count = 60_000;
    const history = join(tempFolder(), 'history.jsonl');
    writeFileSync(history, exportOf(count));
    const started = Date.now();
    await runProgram(tempFolder(), ['import', history]);
    const usual = Date.now() - started;
    const random = seededRandom('kill an import');
    let killed = 0;
    for (let turn = 0; killed < times; turn += 1) {
      if (turn > 20 * times) throw new RangeError(`only ${killed} of ${turn} imports were killed`);
      const home = tempFolder();
      const { child, ended } = startProgram(home, ['import', history]);
      const timer = setTimeout(() => child.kill('SIGKILL'), usual * (0.2 + fraction(random)));
      const { signal } = await ended;
      clearTimeout(timer);
      if (signal !== 'SIGKILL') continue;
      killed += 1;
      const { events, failed } = inspectStore(home);
      expect(failed).toEqual([]);
      expect([0, count]).toContain(events.length);
      const { code, stdout } = await runProgram(home, ['import', history, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).data.added + events.length).toBe(count);
      expect(rawDatabase(join(home, 'aisafe.db')).pragma('journal_mode', { simple: true })).toBe('wal');
    }
    task.meta.fault = { runs: killed, note: `${killed} killed` };
  });
});
