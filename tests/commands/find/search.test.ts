import { describe, expect, it } from 'vitest';
import { createGuideCli } from '../../helpers/guide-cli.js';

describe('aisafe search', () => {
  it('finds over all kinds, best first', async () => {
    const { json } = await createGuideCli().run(['search', 'vectors', '--json']);
    expect(json.schema).toBe('aisafe.search/1');
    expect(json.data.results.map((row: { kind: string; id: string }) => `${row.kind} ${row.id}`)).toEqual(
      expect.arrayContaining(['concept vector', 'task watch-vectors', 'resource vector-films']),
    );
    expect(json.data.total).toBe(json.data.results.length);
  });

  it.each([
    ['regularization', 'build-regularisation'],
    ['compare three kinds of regularisation', 'build-regularisation'],
    ['droput', 'build-regularisation'],
    ['vector-films', 'vector-films'],
    ['system of three equations', 'phase1-check/gauss'],
    ['arrow', 'vector'],
    ['commit letter', 'open-camp'],
    ['reach', 'why-hands'],
  ])('puts first for “%s”: %s', async (query, id) => {
    const { json } = await createGuideCli().run(['search', ...query.split(' '), '--json']);
    expect(json.data.results[0].id).toBe(id);
  });

  it('finds the learner’s notes, with what they are about', async () => {
    const cli = createGuideCli();
    await cli.run(['note', 'watch-vectors/nothing', 'x']);
    await cli.run(['note', 'watch-vectors', 'the determinant is an area']);
    const { json } = await cli.run(['search', 'determinant', '--json']);
    expect(json.data.results).toMatchObject([
      { kind: 'note', about: 'watch-vectors', title: 'the determinant is an area' },
    ]);
  });

  it('limits to a kind and a number', async () => {
    const cli = createGuideCli();
    const kind = await cli.run(['search', 'vector', '--kind', 'concept', '--json']);
    expect(kind.json.data.results.map((row: { id: string }) => row.id)).toEqual(['vector', 'overfitting'].slice(0, 1));
    const limited = await cli.run(['search', 'vector', '--limit', '1'], { tty: true });
    expect(limited.stdout).toContain('1 of');
    expect(limited.stderr).toMatch(/more: aisafe search vector --limit \d+/);
  });

  it.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const { stdout, exitCode } = await createGuideCli().run(['search', 'vector'], { tty: true, columns });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('watch-vectors');
    expect(stdout).toContain('aisafe show ID');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('prints tab-separated rows in a pipe', async () => {
    const { stdout } = await createGuideCli().run(['search', 'dropout']);
    expect(stdout.split('\n')[0]?.split('\t').slice(0, 3)).toEqual([
      'task',
      'build-regularisation',
      'Compare three kinds of regularisation',
    ]);
  });

  it('exits 1 with suggestions when nothing matches', async () => {
    const cli = createGuideCli();
    const person = await cli.run(['search', 'vector', 'zebra'], { tty: true });
    expect(person.exitCode).toBe(1);
    expect(person.stdout).toBe('');
    expect(person.stderr).toContain('Nothing matches “vector zebra”.');
    expect(person.stderr).toContain('Try: aisafe search vector');
    const json = await cli.run(['search', 'vector', 'zebra', '--json']);
    expect(json.exitCode).toBe(1);
    expect(json.json.data).toMatchObject({ total: 0, results: [], suggestions: ['vector'] });
  });

  it.each([
    [['search'], 'MISSING_ARGUMENT'],
    [['search', 'x', '--kind', 'animal'], 'BAD_VALUE'],
    [['search', 'x', '--limit', '0'], 'BAD_VALUE'],
  ])('refuses %j', async (argv, code) => {
    const { exitCode, json } = await createGuideCli().run([...argv, '--json']);
    expect(exitCode).toBe(2);
    expect(json.error.code).toBe(code);
  });
});
