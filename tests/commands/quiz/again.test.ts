import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createQuizCli, listed } from './quiz-cli.js';

const argv = ['quiz', '--kind', 'text'];
const dayAfter = (days: number) => ({
  AISAFE_NOW: new Date(Date.parse('2026-11-23T18:00:00Z') + days * 86_400_000).toISOString(),
});

describe('a question that was edited to ask for something else', () => {
  const edit = (cli: ReturnType<typeof createQuizCli>) => {
    const file = join(cli.home, 'small', 'questions', 'all.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace('prompt: What keeps a token', 'meaning: changed\n  prompt: And what, in two words, keeps a token'),
    );
  };
  const answered = async () => {
    const cli = createQuizCli();
    await cli.run(argv, { tty: true, answers: ['causal mask', '3', 'enter'] });
    edit(cli);
    return cli;
  };
  const lastScheduling = (cli: ReturnType<typeof createQuizCli>) =>
    cli.inspect((store) => [...store.answers()].at(-1)?.scheduling);

  it('is begun anew when the learner says so, and that is asked once', async () => {
    const cli = await answered();
    await cli.run(argv, { tty: true, env: dayAfter(3), answers: ['y', 'causal mask', '3', 'enter'] });
    expect(lastScheduling(cli)?.before).toEqual({ phase: 'new' });
    const again = await cli.run(argv, { tty: true, env: dayAfter(6), answers: ['causal mask', '3', 'enter'] });
    expect(again.exitCode).toBe(0);
  });

  it('keeps its schedule when the learner wants that', async () => {
    const cli = await answered();
    await cli.run(argv, { tty: true, env: dayAfter(3), answers: ['n', 'causal mask', '3', 'enter'] });
    expect(lastScheduling(cli)?.before.phase).toBe('review');
  });
});

describe('a question that is forgotten again and again', () => {
  it('can be dropped from review', async () => {
    const cli = createQuizCli();
    const [question] = await listed(cli, argv);
    await cli.run(argv, { tty: true, answers: ['causal mask', '3', 'enter'] });
    for (let lapse = 1; lapse < 6; lapse++) {
      const result = await cli.run(argv, { tty: true, env: dayAfter(lapse), answers: ['?', 'enter'] });
      expect(result.stderr).not.toContain('keep forgetting');
    }
    const sixth = await cli.run(argv, { tty: true, env: dayAfter(6), answers: ['?', 'd', 'enter'] });
    expect(sixth.stderr).toContain('You keep forgetting this one.');
    const suspended = cli.inspect((store) => store.cards('small').get(question?.question ?? '')?.suspended);
    expect(suspended).toMatchObject({ reason: 'leech' });
    expect((await cli.run(['review', '--json'], { env: dayAfter(30) })).exitCode).toBe(1);
  });
});

describe('a claim that people disagree about', () => {
  it('is never called right or wrong, and nobody is asked how sure they are', async () => {
    const cli = createQuizCli();
    const file = join(cli.home, 'small', 'questions', 'all.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('kind: explain', 'kind: explain\n  claim: contested'));
    const answers = ['One may argue so.', '1', 'enter'];
    const result = await cli.run(['quiz', '--kind', 'explain'], { tty: true, answers });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('there is no right or wrong here');
    expect(result.stderr).not.toMatch(/Not right|Correct\.|Partly/);
    expect(result.stdout).not.toContain('Score');
  });
});
