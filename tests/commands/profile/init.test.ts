import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { createGuideCli, history } from '../../helpers/guide-cli.js';
import { interrupt } from '../../helpers/prompter.js';

const quick = ['--no-focus', '--no-placement'];

describe('aisafe init, on a terminal', () => {
  it('asks step by step and ends with a forecast and the next command', async () => {
    const cli = createGuideCli();
    const { exitCode, stdout, stderr } = await cli.run(['init'], {
      tty: true,
      answers: ['refreshing at most', '5', 'Left hand', true, ['Watch the films'], []],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Background     with mathematics (stem)');
    expect(stdout).toContain('Hours a week   5');
    expect(stdout).toContain('Focus          Left hand (left)');
    expect(stdout).toContain('Known already  1 task');
    expect(stdout).toMatch(/The mathematics of “Core skills” \(2 tasks\) is counted as 2-4 h/);
    expect(stdout).toContain('All phases');
    expect(stderr).toContain('aisafe next');
    expect(history(cli)).toEqual([
      { kind: 'profile.set', subject: 'profile', data: { background: 'stem' } },
      { kind: 'profile.set', subject: 'profile', data: { hoursPerWeek: 5 } },
      { kind: 'focus.set', subject: 'focus/guide', data: { track: 'left' } },
      { kind: 'task.waived', subject: 'task/guide/watch-vectors', data: { reason: 'known at placement' } },
    ]);
  });

  it('keeps what was answered before Ctrl-C, and goes on from there', async () => {
    const cli = createGuideCli();
    const stopped = await cli.run(['init'], { tty: true, answers: ['most of it will be new', '2.5', interrupt] });
    expect(stopped.exitCode).toBe(130);
    expect(history(cli).map(({ data }) => data)).toEqual([{ background: 'other' }, { hoursPerWeek: 2.5 }]);
    const again = await cli.run(['init'], { tty: true, answers: ['most of it will be new', '2.5', 'Later', false] });
    expect(again.exitCode).toBe(0);
    expect(history(cli)).toHaveLength(2);
  });

  it('leads through the focus questions', async () => {
    const cli = createGuideCli();
    await cli.run(['init', '--background', 'stem', '--hours', '5', '--no-placement'], {
      tty: true,
      answers: ['Help me choose', 'The right', 'The right one', 'Right hand (recommended)'],
    });
    expect(history(cli).at(-1)?.data).toEqual({ track: 'right', answers: { hand: 'r', foot: 'r' } });
  });

  it('takes back what is no longer marked as known, one list at a time', async () => {
    const cli = createGuideCli();
    const flags = ['init', '--background', 'stem', '--hours', '5', '--no-focus'];
    await cli.run(flags, { tty: true, answers: [true, ['Watch the films', 'Solve systems'], []] });
    await cli.run(flags, { tty: true, answers: [true, ['Solve systems'], ['Compare three kinds']] });
    expect(
      history(cli)
        .slice(1)
        .map(({ kind, subject }) => `${kind} ${subject.split('/').at(-1)}`),
    ).toEqual([
      'task.waived watch-vectors',
      'task.waived solve-systems',
      'task.reopened watch-vectors',
      'task.waived build-regularisation',
    ]);
    await cli.run(['reopen', 'solve-systems']);
    const { json } = await cli.run(['init', ...quick, '--json']);
    expect(json.data.waived.map((task: { id: string }) => task.id)).toEqual(['build-regularisation']);
  });
});

describe('aisafe init, without a terminal', () => {
  it('takes everything from the command line, as one action', async () => {
    const cli = createGuideCli();
    const argv = [
      'init',
      '--background',
      'other',
      '--hours',
      '6',
      '--track',
      'left',
      '--waive',
      'linear-algebra',
      'look-around',
    ];
    const { exitCode, json } = await cli.run([...argv, '--json']);
    expect(exitCode).toBe(0);
    expect(json.schema).toBe('aisafe.init/1');
    expect(json.data).toMatchObject({
      background: 'other',
      hoursPerWeek: 6,
      track: { id: 'left', title: 'Left hand' },
      backgroundEstimate: { tasks: 2, refresher: [120, 240], fromScratch: [900, 1800], used: 'fromScratch' },
    });
    expect(json.data.waived.map((task: { id: string }) => task.id)).toEqual([
      'look-around',
      'watch-vectors',
      'solve-systems',
    ]);
    expect(json.data.forecast).toEqual({
      phases: [
        { id: 'warm-up', title: 'Warm-up', minutes: 0, weeks: 0 },
        { id: 'phase1', title: 'Core skills', minutes: 180, weeks: 0.5 },
        { id: 'phase2', title: 'Later skills', minutes: 60, weeks: 0.2 },
      ],
      minutes: 240,
      weeks: 0.7,
    });
    await cli.run(['undo']);
    const after = await cli.run(['init', ...quick, '--json']);
    expect(after.json.data).toMatchObject({ background: null, hoursPerWeek: null, track: null, waived: [] });
  });

  it('counts the mathematics by background', async () => {
    const cli = createGuideCli();
    const minutes = async (background: string) => {
      const { json } = await cli.run(['init', '--background', background, '--json']);
      return json.data.forecast.phases[1].minutes;
    };
    expect(await minutes('stem')).toBe(180 + 180);
    expect(await minutes('other')).toBe(1350 + 180);
  });

  it('changes nothing when it is so already', async () => {
    const cli = createGuideCli();
    const argv = ['init', '--background', 'stem', '--hours', '5', '--track', 'left', '--waive', 'look-around'];
    await cli.run(argv);
    const before = history(cli);
    await cli.run(argv);
    expect(history(cli)).toEqual(before);
  });

  it('reads well in a pipe', async () => {
    const { stdout } = await createGuideCli().run(['init', '--background', 'stem', '--hours', '5']);
    expect(stdout).toContain('Hours a week\t5\n');
    expect(stdout).toContain('Core skills\t360\t1.2\n');
  });

  it('exits 6 naming the options when there are none', async () => {
    const cli = createGuideCli();
    const { exitCode, json } = await cli.run(['init', '--json']);
    expect(exitCode).toBe(6);
    for (const flag of ['--background', '--hours', '--track', '--waive']) expect(json.error.hint).toContain(flag);
    expect(history(cli)).toEqual([]);
  });

  it.each([
    [['--background', 'maths'], 2, 'BAD_VALUE'],
    [['--hours', '0'], 2, 'BAD_VALUE'],
    [['--track', 'middle'], 3, 'NOT_FOUND'],
    [['--hours', '5', '--waive', 'solve-sytems'], 3, 'NOT_FOUND'],
    [['--hours', '5', '--waive', 'vector'], 2, 'USAGE'],
  ])('refuses %j and writes nothing', async (argv, exitCode, code) => {
    const cli = createGuideCli();
    const result = await cli.run(['init', ...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.json.error.code).toBe(code);
    expect(history(cli)).toEqual([]);
  });

  it('does not waive what is done: a task by name is refused, in a module it is left out', async () => {
    const cli = createGuideCli();
    await cli.run(['done', 'watch-vectors']);
    const task = await cli.run(['init', '--waive', 'watch-vectors', '--json']);
    expect(task.json.error).toMatchObject({ code: 'BAD_TRANSITION', hint: 'aisafe reopen watch-vectors' });
    const module = await cli.run(['init', '--waive', 'linear-algebra', '--json']);
    expect(module.json.data.waived.map((each: { id: string }) => each.id)).toEqual(['solve-systems']);
  });
});

describe('aisafe init, on the shipped curriculum', () => {
  it.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const argv = ['init', '--background', 'other', '--hours', '5', ...quick];
    const { stdout, exitCode } = await createCli().run(argv, { tty: true, columns, answers: [] });
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});
