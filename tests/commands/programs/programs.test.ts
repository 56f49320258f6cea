import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { createGuideCli } from '../../helpers/guide-cli.js';

const idsOf = async (...argv: string[]) => {
  const { json } = await createGuideCli().run(['programs', ...argv, '--json']);
  return json.data.programs.map((row: { id: string; state: string }) => `${row.id} ${row.state}`);
};

describe('aisafe programs', () => {
  it.each([
    [[], ['open-camp open', 'next-course upcoming', 'rolling-grant rolling', 'past-fellowship past']],
    [['--open'], ['open-camp open', 'rolling-grant rolling']],
    [
      ['--track', 'right'],
      ['next-course upcoming', 'rolling-grant rolling', 'past-fellowship past'],
    ],
    [['--type', 'grant'], ['rolling-grant rolling']],
    [['past-fellowship'], ['past-fellowship past']],
  ])('%j', async (argv, expected) => {
    expect(await idsOf(...argv)).toEqual(expected);
  });

  it('says how sure each date is, and since when', async () => {
    const { json } = await createGuideCli().run(['programs', 'open-camp', '--json']);
    expect(json.schema).toBe('aisafe.programs/1');
    expect(json.data).toMatchObject({ day: '2026-11-23', whole: true });
    expect(json.data.programs[0].windows).toEqual([
      {
        name: 'Winter',
        state: 'open',
        opens: '2026-11-01',
        closes: '2026-12-01',
        starts: '2027-02',
        ends: null,
        opensIn: null,
        closesIn: 8,
        thisMonth: false,
        status: 'confirmed',
        asOf: '2026-11',
        source: 'https://example.org/camp',
        note: null,
      },
      expect.objectContaining({ name: 'Summer', state: 'past', status: 'reported' }),
    ]);
  });

  it('says which checkpoints it needs and how the last finished attempt went', async () => {
    const cli = createGuideCli();
    const standing = async () => {
      const { json } = await cli.run(['programs', 'open-camp', '--json']);
      return json.data.programs[0].checkpoints[0].standing;
    };
    const subject = 'checkpoint/guide/phase1-check';
    const attempt = (id: string, ready?: boolean) =>
      cli.inspect((store) =>
        store.append([
          { kind: 'checkpoint.started', subject, data: { attempt: id } },
          ...(ready === undefined
            ? []
            : [{ kind: 'checkpoint.finished' as const, subject, data: { attempt: id, ready } }]),
        ]),
      );
    expect(await standing()).toBe('not-taken');
    attempt('a', false);
    expect(await standing()).toBe('not-ready');
    attempt('b', true);
    expect(await standing()).toBe('passed');
    attempt('c');
    expect(await standing()).toBe('passed');
  });

  it('groups on a terminal and warns that dates change', async () => {
    const { stdout } = await createGuideCli().run(['programs'], { tty: true });
    expect(stdout).toContain('Open now');
    expect(stdout).toContain('Winter: apply by 1 Dec 2026 (in 8 days); program from Feb 2027');
    expect(stdout).toContain('(confirmed by the program, as of Nov 2026)');
    expect(stdout).toContain('Spring: opens Dec 2026 (expected');
    expect(stdout).toContain('Asks for: A letter and a commit');
    expect(stdout).toContain('Be ready in: phase1 (not checked yet)');
    expect(stdout).toContain('Dates change.');
  });

  it('shows one program whole', async () => {
    const { stdout } = await createGuideCli().run(['programs', 'open-camp'], { tty: true });
    for (const text of ['https://example.org/camp', 'One project that runs', 'Source: A tracker', '1 Nov 2026']) {
      expect(stdout).toContain(text);
    }
  });

  it('prints tab-separated rows in a pipe', async () => {
    const { stdout } = await createGuideCli().run(['programs', '--type', 'camp']);
    expect(stdout.trimEnd().split('\t')).toEqual([
      'open',
      'open-camp',
      'Open camp',
      'camp',
      '2026-11-01',
      '2026-12-01',
      '2027-02',
      'confirmed',
      '2026-11',
      'phase1-check:not-taken',
      'https://example.org/camp',
    ]);
  });

  it('exits 1 when none can be applied to now', async () => {
    const cli = createGuideCli();
    const { exitCode, stdout, stderr } = await cli.run(['programs', '--open', '--type', 'fellowship']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('aisafe programs');
  });

  it.each([
    [['open-cmp'], 3, 'aisafe programs open-camp'],
    [['camp-page'], 2, undefined],
    [['--track', 'rihgt'], 3, 'aisafe programs --track right'],
    [['--type', 'party'], 2, undefined],
  ])('refuses %j', async (argv, exitCode, hint) => {
    const result = await createGuideCli().run(['programs', ...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    if (hint) expect(result.json.error.hint).toBe(hint);
  });
});

describe('aisafe programs, on the shipped curriculum', () => {
  it.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const cli = createCli();
    for (const argv of [['programs'], ['programs', 'mats-program']]) {
      const { stdout, exitCode } = await cli.run(argv, { tty: true, columns });
      expect(exitCode).toBe(0);
      const lines = stdout.split('\n').filter((line) => !line.includes('://'));
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });
});
