import { describe, expect, it } from 'vitest';
import { createGuideCli } from '../../helpers/guide-cli.js';

describe('aisafe list', () => {
  it('is a tree of phases, modules and tasks', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['list', '--json']);
    expect(json.schema).toBe('aisafe.list/1');
    expect(json.data.phases.map(({ id, total }: { id: string; total: number }) => [id, total])).toEqual([
      ['warm-up', 1],
      ['phase1', 3],
      ['phase2', 1],
    ]);
    const { stdout } = await cli.run(['list', 'linear-algebra'], { tty: true });
    expect(stdout).toContain('Watch the films about vectors');
    expect(stdout).not.toContain('Look around');
  });

  it('gives one task a line to a pipe, and steps when asked', async () => {
    const cli = createGuideCli();
    expect((await cli.run(['list', 'warm-up'])).stdout).toBe(
      'warm-up\twarming\tlook-around\topen\t20\t30\tLook around\n',
    );
    expect((await cli.run(['list', 'warm-up', '--steps'])).stdout.split('\n')[1]).toBe(
      'warm-up\twarming\tlook-around/look-left\topen\t\t\tLook left',
    );
  });

  it('filters by state and by track', async () => {
    const cli = createGuideCli();
    await cli.run(['start', 'watch-vectors']);
    const ids = async (...argv: string[]) =>
      (await cli.run(['list', ...argv])).stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t')[2]);
    expect(await ids('--state', 'started')).toEqual(['watch-vectors']);
    await cli.run(['focus', '--track', 'right']);
    expect(await ids('phase2', '--all')).toEqual(['use-left-hand']);
    const hidden = await cli.run(['list', 'phase2']);
    expect([hidden.exitCode, hidden.stdout]).toEqual([1, '']);
    expect(hidden.stderr).toContain('aisafe list --all');
  });
});

describe('aisafe show', () => {
  it.each([
    ['look-around', 'task', 'Look left'],
    ['look-around/look-left', 'step', 'aisafe done look-around/look-left'],
    ['linear-algebra', 'module', 'Watch the films about vectors'],
    ['phase1', 'phase', 'aisafe check phase1'],
    ['phase1-check', 'checkpoint', 'Can you solve a system of three equations by hand?'],
    ['phase1-check/gauss', 'criterion', 'With the book'],
    ['overfitting', 'concept', 'Learning the noise.'],
    ['vector-book', 'resource', 'The new vector book'],
    ['open-camp', 'program', 'A letter and a commit'],
    ['why-hands', 'brief', 'Because they reach.'],
    ['left', 'track', 'You like the left.'],
  ])('shows %s, a %s', async (id, kind, text) => {
    const cli = createGuideCli();
    expect((await cli.run(['show', id, '--json'])).json.data).toMatchObject({ id, kind });
    for (const columns of [60, 80, 120]) {
      const { stdout } = await cli.run(['show', id], { tty: true, columns });
      expect(stdout.replace(/\s+/g, ' ')).toContain(text);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    expect((await cli.run(['show', id])).stdout).toContain(text);
  });

  it('shows the learner’s notes, and text from outside without its control characters', async () => {
    const cli = createGuideCli();
    await cli.run(['note', 'look-around', 'watch \u001b]0;owned\u0007 this']);
    const { stdout } = await cli.run(['show', 'look-around'], { tty: true });
    expect(stdout).toContain('Your notes');
    expect(stdout).not.toContain('\u001b]0;');
    expect(stdout).not.toContain('\u0007');
  });

  it('offers the nearest id', async () => {
    const { exitCode, stderr } = await createGuideCli().run(['show', 'overfiting']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('aisafe show overfitting');
  });
});

describe('aisafe status', () => {
  it('adds up what is done, the time, the week and the forecast', async () => {
    const cli = createGuideCli();
    await cli.run(['init', '--background', 'stem', '--hours', '5', '--track', 'left']);
    await cli.run(['done', 'look-around', '--minutes', '50']);
    await cli.run(['start', 'watch-vectors']);
    const { json } = await cli.run(['status', '--json']);
    expect(json.data).toMatchObject({
      track: { id: 'left' },
      phases: [
        { id: 'warm-up', share: 1, settled: 1, spent: 50 },
        { id: 'phase1', started: 1, total: 3 },
        { id: 'phase2', total: 1 },
      ],
      time: { spent: 50, hoursPerWeek: 5 },
      checkpoints: [{ phase: 'phase1', state: 'not-begun' }],
      started: [{ id: 'watch-vectors' }],
      week: { minutes: 50, done: [{ id: 'look-around' }] },
    });
    // Four hundred and some minutes ahead at five hours a week.
    expect(json.data.time.weeksAhead).toBe(Math.ceil(json.data.time.ahead / 300));
    for (const columns of [60, 80, 120]) {
      const { stdout } = await cli.run(['status', 'phase1'], { tty: true, columns });
      expect(stdout).toContain('Linear algebra');
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    const later = await cli.run(['status', '--json'], { env: { AISAFE_NOW: '2026-12-10T18:00:00Z' } });
    expect(later.json.data.week).toEqual({ minutes: 0, steps: 0, evidence: 0, done: [] });
  });
});
