import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';
import { createGuideCli } from '../../helpers/guide-cli.js';

const idsOf = async (...argv: string[]) => {
  const { json } = await createGuideCli().run(['resources', ...argv, '--json']);
  return json.data.resources.map((row: { id: string }) => row.id);
};

describe('aisafe resources', () => {
  it.each([
    [[], ['vector-films', 'vector-book-2', 'left-paper', 'camp-page']],
    [['--superseded'], ['vector-films', 'vector-book', 'vector-book-2', 'left-paper', 'camp-page']],
    [
      ['--phase', 'phase1'],
      ['vector-films', 'vector-book-2'],
    ],
    [['--phase', 'phase2'], ['left-paper']],
    [['--type', 'book'], ['vector-book-2']],
    [
      ['--track', 'right'],
      ['vector-films', 'vector-book-2', 'camp-page'],
    ],
    [['--free'], ['vector-films', 'left-paper']],
    [['--limit', '1'], ['vector-films']],
    [['gilbert'], ['vector-book-2']],
    [['vecter', 'bok'], []],
    [['vector', 'boook'], ['vector-book-2']],
    [['vector-book'], ['vector-book']],
    [['one', 'a', 'day'], ['vector-films']],
  ])('%j', async (argv, expected) => {
    expect(await idsOf(...argv)).toEqual(expected);
  });

  it('shows what replaces a superseded one when it is asked for by its id', async () => {
    const cli = createGuideCli();
    const { json } = await cli.run(['resources', 'vector-book', '--json']);
    expect(json.data.resources[0]).toMatchObject({
      status: 'superseded',
      supersededBy: { id: 'vector-book-2', title: 'The new vector book' },
    });
    const { stdout } = await cli.run(['resources', 'vector-book'], { tty: true });
    expect(stdout).toContain('Superseded by The new vector book vector-book-2');
  });

  it('groups by phase on a terminal, with what each row needs', async () => {
    const { stdout } = await createGuideCli().run(['resources'], { tty: true });
    expect(stdout).toContain('Core skills\n');
    expect(stdout).toContain('Later skills\n');
    expect(stdout).toContain('Any phase\n');
    expect(stdout).toContain('Films about vectors <https://example.org/films>');
    expect(stdout).toContain('vector-films · Grant, 2016 · video · 1-2 h');
    expect(stdout).toContain('4 resources.');
  });

  it('prints tab-separated rows with the address in a pipe', async () => {
    const { stdout } = await createGuideCli().run(['resources', '--limit', '1']);
    expect(stdout).toBe(
      'vector-films\tFilms about vectors\tGrant\t2016\tvideo\t60-120\tfree\tcurrent\thttps://example.org/films\n',
    );
  });

  it('exits 1 with other words to try when nothing matches', async () => {
    const { exitCode, stderr, stdout } = await createGuideCli().run(['resources', 'films', 'zebra'], { tty: true });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('Try: aisafe resources films');
    expect(stderr).toContain('Search everything: aisafe search films zebra');
  });

  it.each([
    [['--phase', 'phas1'], 3, 'aisafe resources --phase phase1'],
    [['--phase', 'vector'], 2, undefined],
    [['--track', 'lft'], 3, 'aisafe resources --track left'],
    [['--type', 'film'], 2, undefined],
  ])('refuses %j', async (argv, exitCode, hint) => {
    const result = await createGuideCli().run(['resources', ...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    if (hint) expect(result.json.error.hint).toBe(hint);
  });
});

describe('aisafe resources, on the shipped curriculum', () => {
  it.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const cli = createCli();
    for (const argv of [['resources'], ['resources', '--phase', 'phase2', '--type', 'course']]) {
      const { stdout } = await cli.run(argv, { tty: true, columns });
      // An address stays in one piece, so that it can be clicked.
      const lines = stdout.split('\n').filter((line) => !line.includes('://'));
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });
});
