import { describe, expect, it } from 'vitest';
import { createQuizCli, listed, rightAnswer, typeAll, typeRightly } from './quiz-cli.js';

const later = { AISAFE_NOW: '2026-12-20T18:00:00.000Z' };
const nextDay = { AISAFE_NOW: '2026-12-21T18:00:00.000Z' };

async function quizzed(): Promise<ReturnType<typeof createQuizCli>> {
  const cli = createQuizCli();
  const questions = await listed(cli, ['quiz']);
  const stdin = JSON.stringify(questions.map((each) => ({ answer: rightAnswer(each) })));
  await cli.run(['quiz', '--answers', '-'], { stdin });
  return cli;
}

describe('aisafe review', () => {
  it('has nothing to ask at first: an empty document, and exit code 1', async () => {
    const { exitCode, json } = await createQuizCli().run(['review', '--json']);
    expect(exitCode).toBe(1);
    expect(json.schema).toBe('aisafe.review/1');
    expect(json.data).toMatchObject({ questions: [], due: { today: 0, next: null } });
    const pipe = await createQuizCli().run(['review']);
    expect([pipe.exitCode, pipe.stdout]).toEqual([1, 'Nothing is due.\n']);
    expect(pipe.stderr).toContain('aisafe quiz');
  });

  it('says when something comes back', async () => {
    const cli = await quizzed();
    const { exitCode, stdout } = await cli.run(['review'], { tty: true });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/Nothing is due\.\nNext review: \d+ questions? on \d+ \w+ 2026/);
  });

  it('lists what is due with --json, and exits 6 without it', async () => {
    const cli = await quizzed();
    const { exitCode, json } = await cli.run(['review', '--json'], { env: later });
    expect(exitCode).toBe(0);
    expect(json.data.questions).toHaveLength(10);
    expect(json.data).toMatchObject({ answeredBy: 'nobody', due: { today: 10 } });
    const pipe = await cli.run(['review'], { env: later });
    expect(pipe.exitCode).toBe(6);
    expect(pipe.stderr).toContain('aisafe review --answers FILE');
  });

  it('asks what is due, and moves it further away', async () => {
    const cli = await quizzed();
    const questions = await listed(cli, ['review'], later);
    const result = await cli.run(['review'], { tty: true, env: later, answers: typeAll(questions) });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('10 questions: 10 correct');
    expect((await cli.run(['review', '--json'], { env: later })).exitCode).toBe(1);
    const answers = cli.inspect((store) => [...store.answers()].filter(({ mode }) => mode === 'review'));
    for (const { scheduling } of answers) {
      const { before, after } = scheduling ?? {};
      if (before?.phase !== 'review' || after?.phase !== 'review') throw new Error('a review was wanted');
      expect(after.intervalDays).toBeGreaterThan(before.intervalDays);
    }
  });

  it('answers from a file exactly what was listed', async () => {
    const cli = await quizzed();
    const questions = await listed(cli, ['review'], later);
    const stdin = JSON.stringify(questions.map((each) => ({ question: each.question, answer: rightAnswer(each) })));
    const { json } = await cli.run(['review', '--answers', '-', '--json'], { env: later, stdin });
    expect(json.data.summary).toMatchObject({ answered: 10, score: 1 });
  });

  it('asks no more than --limit, nor than the day allows', async () => {
    const cli = await quizzed();
    expect(await listed(cli, ['review', '--limit', '3'], later)).toHaveLength(3);
    await cli.run(['config', 'set', 'review-due-per-day', '4']);
    expect(await listed(cli, ['review'], later)).toHaveLength(4);
    const answers = typeAll(await listed(cli, ['review'], later));
    await cli.run(['review'], { tty: true, env: later, answers });
    expect((await cli.run(['review', '--json'], { env: later })).exitCode).toBe(1);
    expect(await listed(cli, ['review'], nextDay)).toHaveLength(4);
  });

  it('carries on what broke off today, and begins anew tomorrow', async () => {
    const cli = await quizzed();
    const [first] = await listed(cli, ['review'], later);
    if (!first) throw new Error('something is due');
    await cli.run(['review'], { tty: true, env: later, answers: [...typeRightly(first), 'q'] });
    const again = await cli.run(['review', '--json'], { env: later });
    expect(again.json.data).toMatchObject({ resumed: true, summary: { answered: 1, questions: 10 } });
    expect((await cli.run(['review', '--json'], { env: nextDay })).json.data.resumed).toBe(false);
  });

  it('brings in questions on what was studied', async () => {
    const cli = createQuizCli();
    await cli.run(['done', 'read-about-softmax']);
    const questions = await listed(cli, ['review']);
    expect(questions.length).toBeGreaterThan(0);
    expect(new Set(questions.flatMap(({ concepts }) => concepts))).toEqual(new Set(['softmax']));
  });
});
