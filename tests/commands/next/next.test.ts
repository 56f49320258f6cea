import { describe, expect, it } from 'vitest';
import { createGuideCli } from '../../helpers/guide-cli.js';

describe('aisafe next', () => {
  it('works without any set-up, and says the same as a terminal, a pipe and a document', async () => {
    const cli = createGuideCli();
    const { exitCode, json } = await cli.run(['next', '--json']);
    expect(exitCode).toBe(0);
    expect(json.schema).toBe('aisafe.next/1');
    expect(json.data.tasks.map(({ id }: { id: string }) => id)).toEqual([
      'look-around',
      'build-regularisation',
      'watch-vectors',
    ]);
    const piped = await cli.run(['next']);
    expect(piped.stdout).toContain('Look around');
    expect(piped.stdout).not.toContain('\u001b');
    const terminal = await cli.run(['next'], { tty: true, columns: 60 });
    expect(terminal.stdout).toContain('aisafe start look-around');
    expect(Math.max(...terminal.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('is the same every time', async () => {
    const cli = createGuideCli();
    expect((await cli.run(['next', '--json'])).stdout).toBe((await cli.run(['next', '--json'])).stdout);
  });

  it('prints every term of the score with --why, and they add up', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['next', '--json']);
    for (const { score, terms } of json.data.tasks) {
      expect(terms.reduce((sum: number, { points }: { points: number }) => sum + points, 0)).toBeCloseTo(score, 6);
    }
    const { stdout } = await cli.run(['next', '--why', '--limit', '1']);
    for (const { because } of json.data.tasks[0].terms) expect(stdout).toContain(because);
    expect((await cli.run(['next', '--limit', '1'])).stdout).not.toContain('importance 1 of 5');
  });

  it('fits the time at hand, by a step when the task is longer', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['next', '--minutes', '15', '--json']);
    expect(json.data.tasks).toMatchObject([
      { id: 'look-around', fitsWhole: false, step: { id: 'look-left', minutes: 15 } },
    ]);
  });

  it('says so when nothing fits, what would, and ends with 1', async () => {
    const cli = createGuideCli();
    const { exitCode, json } = await cli.run(['next', '--minutes', '3', '--json']);
    expect(exitCode).toBe(1);
    expect(json.data).toMatchObject({ tasks: [], nothing: { command: 'aisafe next --minutes 15' } });
    expect((await cli.run(['next', '--minutes', '15', '--json'])).exitCode).toBe(0);
  });

  it('names what is waited for, what is put off, and that all is done', async () => {
    const cli = createGuideCli();
    const nothing = async (...argv: string[]) => (await cli.run(['next', '--json', ...argv])).json.data.nothing;
    await cli.run(['defer', 'look-around', 'watch-vectors', 'build-regularisation', 'use-left-hand', '--days', '3']);
    expect(await nothing()).toMatchObject({ command: 'aisafe start look-around' });
    await cli.run(['reopen', 'watch-vectors']);
    expect(await nothing('--kind', 'practise', '--phase', 'phase1')).toEqual({
      because: 'What is left here waits for watch-vectors.',
      command: 'aisafe start watch-vectors',
    });
    await cli.run(['done', 'look-around', 'watch-vectors', 'build-regularisation', 'use-left-hand', 'solve-systems']);
    expect(await nothing()).toMatchObject({ command: 'aisafe status' });
  });

  it('greets after a week or more, with what the next task builds on', async () => {
    const cli = createGuideCli();
    await cli.run(['done', 'look-around', 'watch-vectors', 'build-regularisation', 'use-left-hand']);
    const at = (now: string) => cli.run(['next', '--json'], { env: { AISAFE_NOW: now } });
    expect((await at('2026-11-29T18:00:00Z')).json.data.welcomeBack).toBeNull();
    const { json } = await at('2026-12-10T18:00:00Z');
    expect(json.data.welcomeBack.days).toBe(17);
    expect(json.data.welcomeBack.refresh[0].id).toBe('watch-vectors');
    const { stdout } = await cli.run(['next'], { env: { AISAFE_NOW: '2026-12-10T18:00:00Z' }, tty: true });
    expect(stdout).toContain('Good to see you again after 17 days.');
  });

  it('refuses what it does not understand, and names the nearest', async () => {
    const cli = createGuideCli();
    const failure = async (...argv: string[]) => {
      const { exitCode, json } = await cli.run(['next', '--json', ...argv]);
      return [exitCode, json.error.code, json.error.hint];
    };
    expect(await failure('--minutes', 'soon')).toEqual([2, 'BAD_VALUE', 'aisafe next --help']);
    expect(await failure('--kind', 'reed')).toEqual([2, 'BAD_VALUE', 'aisafe next --help']);
    expect(await failure('--phase', 'phase')).toEqual([3, 'NOT_FOUND', 'aisafe next --phase phase1']);
    expect(await failure('--track', 'lef')).toEqual([3, 'NOT_FOUND', 'aisafe next --track left']);
    expect(await failure('--minuts', '5')).toEqual([2, 'UNKNOWN_OPTION', 'aisafe next --minutes']);
  });
});

describe('bare aisafe', () => {
  it('shows a newcomer the one command to type', async () => {
    const { stdout, exitCode } = await createGuideCli().run([]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('To begin, type:\n  aisafe next');
  });

  it('shows where the learner is, the next task and what closes soon', async () => {
    const cli = createGuideCli();
    await cli.run(['done', 'look-around']);
    const { json } = await cli.run(['--json']);
    expect(json.schema).toBe('aisafe.overview/1');
    expect(json.data).toMatchObject({
      firstRun: false,
      phases: [{ id: 'warm-up', share: 1 }, { id: 'phase1', share: 0 }, { id: 'phase2' }],
      deadlines: [{ id: 'open-camp', closes: '2026-12-01', days: 8 }],
    });
    const { stdout } = await cli.run([], { tty: true, columns: 60 });
    expect(stdout).toContain('aisafe programs open-camp');
  });
});
