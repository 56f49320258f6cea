import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pythonForTests } from '../../labs/python.js';
import { createLabCli, type LabCli, rightAnswer, wrongAnswer } from './lab-cli.js';

const python = await pythonForTests();

async function passed(cli: LabCli): Promise<LabCli> {
  await cli.begin();
  cli.write(rightAnswer);
  expect((await cli.check()).exitCode).toBe(0);
  return cli;
}

describe('aisafe lab hint', () => {
  it('goes up its ladder, asks before the last step, and ends', async () => {
    const cli = createLabCli();
    await cli.begin();
    const first = await cli.run(['lab', 'hint', '--json']);
    expect(first.json.data).toMatchObject({ topic: 'difference', total: 3, isNew: true });
    expect(first.json.data.hints).toHaveLength(1);
    await cli.run(['lab', 'hint']);
    const asks = await cli.run(['lab', 'hint', '--json']);
    expect([asks.exitCode, asks.json.error.hint]).toEqual([6, expect.stringContaining('--yes')]);
    const declined = await cli.run(['lab', 'hint'], { tty: true, answers: [false] });
    expect(declined.stdout).not.toContain('2 * h');
    expect((await cli.run(['lab', 'hint', '--yes'])).stdout).toContain('2 * h');
    const over = await cli.run(['lab', 'hint', '--topic', 'difference']);
    expect(over.exitCode).toBe(1);
    expect(over.stderr).toContain('--topic size');
    expect((await cli.run(['lab', 'hint', '--topic', 'sise', '--json'])).json.error.hint).toContain('--topic size');
  });
});

describe('aisafe lab solution', () => {
  it('is shown to nobody who has not tried', async () => {
    const cli = createLabCli();
    await cli.begin();
    const errorOf = async (...words: string[]) => (await cli.run(['lab', ...words, '--json'])).json.error;
    expect(await errorOf('solution')).toMatchObject({ code: 'TOO_EARLY', hint: 'aisafe lab hint measure-slope' });
    expect(await errorOf('solution', '--give-up')).toMatchObject({ code: 'TOO_EARLY', details: { attempts: 0 } });
    expect(await errorOf('diff')).toMatchObject({ code: 'TOO_EARLY' });
    expect(await errorOf('bughunt')).toMatchObject({ code: 'TOO_EARLY' });
    expect(await errorOf('export', 'measure-slope', '--out', 'x')).toMatchObject({ code: 'TOO_EARLY' });
  });
});

describe.skipIf(!python)('a lab whose solution was seen first', () => {
  it('counts as assisted, until it is solved again from the starter on a later study day', async () => {
    const cli = createLabCli();
    await cli.begin();
    for (let run = 0; run < 3; run++) await cli.check();
    for (const topic of ['difference', 'difference', 'difference', 'size', 'size'])
      await cli.run(['lab', 'hint', '--topic', topic, '--yes']);
    const { exitCode, stdout } = await cli.run(['lab', 'solution', '--give-up']);
    expect([exitCode, stdout]).toEqual([0, rightAnswer]);
    cli.write(rightAnswer);
    expect((await cli.check({}, '--json')).json.data.assisted).toBe(true);
    const reference = async () => {
      const { evidence } = (await cli.run(['evidence', 'list', '--json'])).json.data;
      expect(evidence).toHaveLength(1);
      return evidence[0].reference.assisted;
    };
    expect(await reference()).toBe(true);
    expect((await cli.run(['lab', 'list', '--status', 'assisted', '--json'])).json.data.labs).toHaveLength(1);

    const sameDay = await cli.run(['lab', 'reset', '--json']);
    expect(sameDay.json.data).toMatchObject({
      countsUnaided: false,
      copies: [expect.stringMatching(/^slopes\.py\.bak-/)],
    });
    cli.write(rightAnswer);
    expect((await cli.check({}, '--json')).json.data.assisted).toBe(true);

    const tomorrow = { env: { AISAFE_NOW: '2026-11-24T18:00:00.000Z' } };
    await cli.run(['lab', 'reset'], tomorrow);
    expect(readFileSync(join(cli.folder, 'slopes.py'), 'utf8')).toContain('NotImplementedError');
    cli.write(rightAnswer);
    expect((await cli.check(tomorrow, '--json')).json.data.assisted).toBe(false);
    expect(await reference()).toBe(false);
  });
});

describe.skipIf(!python)('after a pass', () => {
  it('shows the learner’s file beside the solution', async () => {
    const cli = await passed(createLabCli());
    expect((await cli.run(['lab', 'diff'])).stdout).toContain('the same as the solution');
    cli.write(wrongAnswer);
    const { stdout } = await cli.run(['lab', 'diff']);
    expect(stdout).toContain('+    return (f(x + h) - f(x - h)) / (2 * h)');
  });

  it('hands out a colleague’s mistake to find, and says what it was', async () => {
    const cli = await passed(createLabCli());
    const hunt = (await cli.run(['lab', 'bughunt', '--json'], { env: { AISAFE_SEED: 'x' } })).json.data;
    expect(hunt).toMatchObject({ state: 'started', misconception: null });
    expect(readFileSync(hunt.file, 'utf8')).not.toBe(rightAnswer);
    const unmended = await cli.run(['lab', 'bughunt', '--check', '--json']);
    expect([unmended.exitCode, unmended.json.data.state]).toEqual([1, 'not-yet']);
    const inside = await cli.run(['lab', 'check', '--json'], { cwd: join(cli.folder, 'bughunt-1') });
    expect(inside.json.error.hint).toBe('aisafe lab bughunt measure-slope --check');
    writeFileSync(hunt.file, rightAnswer);
    const mended = (await cli.run(['lab', 'bughunt', '--check', '--json'])).json.data;
    expect(mended).toMatchObject({ state: 'solved', solved: 1, misconception: expect.any(String) });
  });

  it('exports what passed, though the file has changed since, and never the solution', async () => {
    const cli = await passed(createLabCli());
    cli.write('nothing\n');
    const { json } = await cli.run(['lab', 'export', '--all', '--out', 'shown', '--json']);
    expect(json.data.labs).toMatchObject([{ lab: 'measure-slope', assisted: false }]);
    const folder = join(cli.home, 'shown', 'measure-slope');
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'results.json', 'slopes.py']);
    expect(readFileSync(join(folder, 'slopes.py'), 'utf8')).toBe(rightAnswer);
    const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
    expect(results).toMatchObject({ schema: 'aisafe.lab-results/1', assisted: false, attempts: 1 });
  });

  it('backs a criterion that names the lab once the learner has explained it', async () => {
    const cli = await passed(
      createLabCli([
        { file: 'phases/first.yaml', replace: 'evidence: [commit, note]', with: 'evidence: ["lab:measure-slope"]' },
      ]),
    );
    writeFileSync(
      join(cli.home, 'answers.yaml'),
      'criteria:\n  checks-a-slope: { level: 2, evidence: ["lab:measure-slope"] }\n  explains-a-slope: { level: 2, self_attested: true }\n',
    );
    const criterionOf = (data: { criteria: { id: string }[] }) =>
      data.criteria.find(({ id }) => id === 'checks-a-slope');
    const code = await cli.run(['check', 'first', '--answers', 'answers.yaml', '--no-quiz', '--json']);
    expect(criterionOf(code.json.data)).toMatchObject({ status: 'unsupported' });
    expect(code.json.data.gaps).toMatchObject([{ criterion: 'checks-a-slope', needsExplanation: true }]);
    await cli.run(['evidence', 'add', 'first-check/checks-a-slope', '--note', 'Both sides cancel the bend.'], {
      env: { AISAFE_NOW: '2026-11-23T19:00:00.000Z' },
    });
    const both = await cli.run(['check', 'first', '--report', '--json']);
    expect(criterionOf(both.json.data)).toMatchObject({ status: 'ready', selfAttested: false });
  });

  it('verifies the package for its author', async () => {
    const cli = createLabCli();
    const { exitCode, json } = await cli.run(['lab', 'verify', 'measure-slope', '--trust', '--json']);
    expect(json.data.labs[0].findings).toEqual([]);
    expect([exitCode, json.data.totals]).toMatchObject([0, { labs: 1, good: 1, mutants: 2, mutantsCaught: 2 }]);
    const again = await cli.run(['curriculum', 'lint', '--labs', '--json']);
    expect(again.json.data.verified.labs[0]).toMatchObject({ id: 'measure-slope', isCached: true });
    expect(existsSync(join(cli.home, 'verified-labs.json'))).toBe(true);
  });
});
