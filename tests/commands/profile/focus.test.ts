import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { createGuideCli, history } from '../../helpers/guide-cli.js';
import { interrupt } from '../../helpers/prompter.js';

describe('aisafe focus, on a terminal', () => {
  it('asks, recommends with reasons, and sets what is confirmed', async () => {
    const cli = createGuideCli();
    const { exitCode, stdout, stderr } = await cli.run(['focus'], {
      tty: true,
      answers: ['The left', 'The left one', 'Left hand (recommended)'],
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Two questions about hands.');
    expect(stderr).toContain('Left hand (recommended)');
    expect(stderr).toContain('6 points, 100%');
    expect(stderr).toContain('write with the left hand');
    expect(stdout).toContain('Your focus: Left hand (left).');
    expect(stdout).toContain('aisafe focus');
    expect(history(cli).at(-1)).toEqual({
      kind: 'focus.set',
      subject: 'focus/guide',
      data: { track: 'left', answers: { hand: 'l', foot: 'l' } },
    });
  });

  it('lets the learner choose otherwise', async () => {
    const cli = createGuideCli();
    const { stdout } = await cli.run(['focus'], { tty: true, answers: ['The left', 'The left one', 'Right hand'] });
    expect(stdout).toContain('Right hand');
    expect(stdout).toContain('Your answers suggested another');
  });

  it('keeps each answer at once, and offers it again after Ctrl-C', async () => {
    const cli = createGuideCli();
    const stopped = await cli.run(['focus'], { tty: true, answers: ['The left', interrupt] });
    expect(stopped.exitCode).toBe(130);
    expect(history(cli).at(-1)?.data).toEqual({ track: null, answers: { hand: 'l' } });
    await cli.run(['focus'], { tty: true, answers: ['The left', 'Neither', 'Left hand'] });
    expect(history(cli).map(({ data }) => data)).toEqual([
      { track: null, answers: { hand: 'l' } },
      { track: null, answers: { hand: 'l', foot: 'none' } },
      { track: 'left', answers: { hand: 'l', foot: 'none' } },
    ]);
  });

  it('writes nothing when everything stays as it was', async () => {
    const cli = createGuideCli();
    const answers = ['The left', 'The left one', 'Left hand'];
    await cli.run(['focus'], { tty: true, answers });
    const before = history(cli);
    await cli.run(['focus'], { tty: true, answers });
    expect(history(cli)).toEqual(before);
  });

  it('asks only what the options leave open', async () => {
    const cli = createGuideCli();
    const { exitCode } = await cli.run(['focus', '--answer', 'hand=r'], {
      tty: true,
      answers: ['Neither', 'Right hand'],
    });
    expect(exitCode).toBe(0);
    expect(history(cli).at(-1)?.data).toEqual({ track: 'right', answers: { hand: 'r', foot: 'none' } });
  });
});

describe('aisafe focus, without a terminal', () => {
  it('sets a track without questions, and none', async () => {
    const cli = createGuideCli();
    const chosen = await cli.run(['focus', '--track', 'right', '--json']);
    expect(chosen.json.schema).toBe('aisafe.focus/1');
    expect(chosen.json.data).toMatchObject({
      track: 'right',
      title: 'Right hand',
      recommended: null,
      scores: [],
      changed: true,
    });
    const again = await cli.run(['focus', '--track', 'right', '--json']);
    expect(again.json.data.changed).toBe(false);
    const none = await cli.run(['focus', '--none', '--json']);
    expect(none.json.data).toMatchObject({ track: null, changed: true });
  });

  it('sets what the answers recommend', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['focus', '--answer', 'hand=r', '--answer', 'foot=none', '--json']);
    expect(json.data).toEqual({
      track: 'right',
      title: 'Right hand',
      recommended: 'right',
      tiedWith: [],
      decidedBy: 'score',
      scores: [
        { track: 'right', title: 'Right hand', score: 4, share: 0.8, because: ['write with the right hand'] },
        { track: 'left', title: 'Left hand', score: 1, share: 0.2, because: [] },
      ],
      answers: { hand: 'r', foot: 'none' },
      changed: true,
      explained: false,
    });
  });

  it('says when two tracks come out equal', async () => {
    const { stdout } = await createGuideCli().run(['focus', '--answers', 'hand=l,foot=r']);
    expect(stdout).toContain('have the same score');
    expect(stdout).toContain('Your focus: Left hand');
  });

  it.each([
    ['a.yaml', 'hand: r\nfoot: r\n'],
    ['a.json', '{"hand":"r","foot":"r"}'],
  ])('reads the answers from %s', async (name, text) => {
    const cli = createGuideCli();
    writeFileSync(join(cli.home, name), text);
    const { json } = await cli.run(['focus', '--answers', name, '--json']);
    expect(json.data.track).toBe('right');
  });

  it('reports the focus and what it rests on', async () => {
    const cli = createGuideCli();
    const before = await cli.run(['focus', '--report']);
    expect(before.stdout).toContain('No focus');
    await cli.run(['focus', '--answers', 'hand=l,foot=l']);
    const after = await cli.run(['focus', '--report'], { tty: true });
    expect(after.stdout).toContain('write with the left hand');
    expect(after.stdout).toContain('Your focus: Left hand');
    const json = await cli.run(['focus', '--report', '--json']);
    expect(json.json.data).toMatchObject({
      track: 'left',
      recommended: 'left',
      answers: { hand: 'l', foot: 'l' },
      changed: false,
    });
  });

  it('keeps the answers when another track is chosen directly', async () => {
    const cli = createGuideCli();
    await cli.run(['focus', '--answers', 'hand=l,foot=l']);
    const { json } = await cli.run(['focus', '--track', 'right', '--json']);
    expect(json.data).toMatchObject({ track: 'right', recommended: 'left', answers: { hand: 'l', foot: 'l' } });
  });

  it('is taken back by one undo', async () => {
    const cli = createGuideCli();
    await cli.run(['focus', '--track', 'left']);
    await cli.run(['focus', '--answers', 'hand=r,foot=r']);
    await cli.run(['undo']);
    const { json } = await cli.run(['focus', '--report', '--json']);
    expect(json.data).toMatchObject({ track: 'left', answers: {} });
  });

  it('exits 6 naming the options that answer instead', async () => {
    const cli = createGuideCli();
    const { exitCode, json } = await cli.run(['focus', '--answer', 'hand=l', '--json']);
    expect(exitCode).toBe(6);
    expect(json.error.hint).toContain('--track left|right');
    expect(json.error.hint).toContain('--answer foot=');
    expect(json.error.hint).not.toContain('--answer hand=');
    expect(history(cli)).toEqual([]);
  });

  it.each([
    [['--track', 'lfet'], 3, 'aisafe focus --track left'],
    [['--track', 'left', '--none'], 2, 'aisafe focus --track left'],
    [['--answer', 'hand=left'], 2, undefined],
    [['--answer', 'hnad=l'], 2, 'aisafe focus --answer hand=l'],
    [['--answers', 'gone.yaml'], 3, undefined],
  ])('refuses %j', async (argv, exitCode, hint) => {
    const cli = createGuideCli();
    const result = await cli.run(['focus', ...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    if (hint) expect(result.json.error.hint).toBe(hint);
    expect(history(cli)).toEqual([]);
  });

  it.each([
    ['not YAML', 'hand: [l\n'],
    ['a list', '- hand\n'],
    ['an answer that is no word', 'hand: [l]\nfoot: l\n'],
  ])('refuses a file that is %s', async (_, text) => {
    const cli = createGuideCli();
    writeFileSync(join(cli.home, 'a.yaml'), text);
    const { exitCode } = await cli.run(['focus', '--answers', 'a.yaml', '--json']);
    expect([2, 4]).toContain(exitCode);
    expect(history(cli)).toEqual([]);
  });
});

describe('aisafe focus, on the shipped curriculum', () => {
  it.each([60, 80, 120])('explains a recommendation within %i columns', async (columns) => {
    const cli = createCli();
    const asked = await cli.run(['focus', '--json']);
    const questions: string[] = asked.json.error.hint.match(/--answer \S+=/g).map((each: string) => each.slice(9, -1));
    expect(questions).toHaveLength(8);
    const options = { 'free-evening': 'open-the-box', 'surprising-failure': 'what-inside', 'open-ends': 'curious' };
    const rest = { 'rules-of-a-game': 'find-loophole', audience: 'decision-makers', 'hard-thinking': 'mechanisms' };
    const all = { ...options, ...rest, background: 'exploring', 'proud-of': 'an-explanation' };
    const answers = Object.entries(all)
      .map(([question, option]) => `${question}=${option}`)
      .join(',');
    const { stdout } = await cli.run(['focus', '--answers', answers], { tty: true, columns });
    expect(stdout).toContain('Interpretability (recommended)');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});
