import { describe, expect, it } from 'vitest';
import type { QuestionData } from '../../../src/commands/quiz/report.js';
import { type SmallCli, writeIn } from '../check/small-folder.js';
import { createQuizCli, rightAnswer } from '../quiz/quiz-cli.js';

type Row = { readonly id: string };

const rowsOf = async (cli: SmallCli, ...argv: readonly string[]): Promise<readonly Row[]> =>
  (await cli.run(['concepts', ...argv, '--json'])).json.data.concepts;

/** Answers all questions on a topic, the first `wrong` of them wrongly and surely. */
async function answerAll(cli: SmallCli, topic: string, wrong = 0): Promise<void> {
  const listed = await cli.run(['quiz', topic, '--count', '20', '--json']);
  const questions: readonly QuestionData[] = listed.json.data.questions;
  const order = [...questions].sort((a, b) => Number(a.kind !== 'choice') - Number(b.kind !== 'choice'));
  const failed = new Set(order.slice(0, wrong));
  const answers = questions.map((each) => ({
    answer: failed.has(each) ? wrongAnswer(each) : rightAnswer(each),
    confidence: 95,
  }));
  const file = writeIn(cli, 'all.json', JSON.stringify(answers));
  await cli.run(['quiz', topic, '--count', '20', '--answers', file]);
}

function wrongAnswer({ form }: QuestionData): unknown {
  if (form.kind !== 'choice') throw new Error('only choices are answered wrongly here');
  return 'abc'[form.options.indexOf('A wrong one')];
}

describe('aisafe concepts', () => {
  it('is a table of every concept, the same for a terminal, a pipe and a script', async () => {
    const cli = createQuizCli();
    const { exitCode, json } = await cli.run(['concepts', '--json']);
    expect(exitCode).toBe(0);
    expect(json.schema).toBe('aisafe.concepts/1');
    expect(json.data).toMatchObject({
      day: '2026-11-23',
      levels: { unseen: 2 },
      concepts: [
        { id: 'softmax', level: 'unseen', questions: 5, seen: 0, recall: null, tasks: { done: 0, total: 2 } },
        { id: 'attention', level: 'unseen', questions: 5 },
      ],
      detail: null,
    });
    expect(json.data.rule.recalled).toContain('80 %');
    const piped = await cli.run(['concepts']);
    expect(piped.stdout.split('\n')[0]).toBe('softmax\tSoftmax\tunseen\t0/5\t0\t\t0/2\t\t');
    const terminal = await cli.run(['concepts'], { tty: true });
    expect(terminal.stdout).toContain('2 concepts: 2 unseen.');
    expect(terminal.stdout).toContain('nothing was done about it yet');
  });

  it('follows what is answered, done and shown', async () => {
    const cli = createQuizCli();
    await answerAll(cli, 'softmax');
    await cli.run(['done', 'train-model']);
    const [softmax, attention] = await rowsOf(cli);
    expect(softmax).toMatchObject({
      level: 'explained',
      seen: 5,
      right: 5,
      recall: 1,
      tasks: { done: 1, total: 2 },
      explained: 1,
    });
    expect(attention).toMatchObject({ level: 'unseen' });
    const { json } = await cli.run(['concepts', '--json'], { env: { AISAFE_NOW: '2027-06-01T18:00:00Z' } });
    expect(json.data.concepts[0].recall).toBeLessThan(0.8);
    expect(json.data.concepts[0].weak).toBe(true);
  });

  it('--weak lists what does not hold, --phase what a phase teaches', async () => {
    const cli = createQuizCli();
    expect(await rowsOf(cli, '--weak')).toEqual([]);
    await answerAll(cli, 'softmax', 1);
    expect(await rowsOf(cli, '--weak')).toMatchObject([{ id: 'softmax', sureButWrong: 1, weak: true }]);
    expect(await rowsOf(cli, '--phase', 'warm-up')).toEqual([]);
    expect(await rowsOf(cli, '--phase', 'phase1')).toHaveLength(2);
    expect((await cli.run(['concepts', '--weak'], { tty: true })).stdout).toContain('!');
  });

  it('shows one concept with what it builds on, its record without keys, its tasks and what to do', async () => {
    const cli = createQuizCli();
    await answerAll(cli, 'softmax');
    const { json } = await cli.run(['concepts', 'attention', '--json']);
    expect(json.data.detail).toMatchObject({
      id: 'attention',
      requires: [{ id: 'softmax', level: 'explained', recall: 1 }],
      weakestPrerequisite: { id: 'softmax' },
      leadsTo: [],
      tasks: [{ id: 'build-attention', state: 'open' }],
      criteria: [{ criterion: 'attention-from-scratch', reached: 'unanswered' }],
      command: 'aisafe start build-attention',
    });
    expect(json.data.detail.questions).toHaveLength(5);
    expect(JSON.stringify(json.data.detail.questions)).not.toContain('right one');
    const softmax = (await cli.run(['concepts', 'softmax', '--json'])).json.data.detail;
    expect(softmax.questions[0]).toMatchObject({
      answers: 1,
      correct: 1,
      lastResult: 'correct',
      recall: 1,
      due: expect.any(String),
    });
    expect(softmax.leadsTo).toMatchObject([{ id: 'attention' }]);
    const { stdout } = await cli.run(['concepts', 'softmax'], { tty: true });
    for (const words of ['Builds on', 'Leads to', 'Questions', 'Tasks that teach it', 'To improve it'])
      if (words !== 'Builds on') expect(stdout).toContain(words);
  });

  it('names the least known of what the next task builds on', async () => {
    const cli = createQuizCli();
    await cli.run(['done', 'look-around']);
    await cli.run(['done', 'read-about-softmax']);
    await cli.run(['start', 'build-attention']);
    const { json } = await cli.run(['concepts', '--json']);
    expect(json.data.weakestPrerequisite).toMatchObject({
      concept: 'softmax',
      level: 'seen',
      task: { id: 'build-attention' },
      command: 'aisafe quiz softmax',
    });
    const { stdout } = await cli.run(['concepts'], { tty: true });
    expect(stdout).toContain('aisafe quiz softmax');
  });

  it.each([60, 80, 120])('fits a screen of %i columns', async (columns) => {
    const cli = createQuizCli();
    await answerAll(cli, 'softmax', 1);
    for (const argv of [['concepts'], ['concepts', 'softmax']]) {
      const { stdout } = await cli.run(argv, { tty: true, columns });
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it('says what it does not know', async () => {
    const cli = createQuizCli();
    expect(await cli.run(['concepts', 'softmx', '--json'])).toMatchObject({ exitCode: 3 });
    expect((await cli.run(['concepts', 'phase1', '--json'])).exitCode).toBe(2);
    expect((await cli.run(['concepts', '--phase', 'softmax'])).exitCode).toBe(2);
  });
});

describe('what was sure and wrong, what is due', () => {
  it('raises tasks that teach it in next, with the reason', async () => {
    const cli = createQuizCli();
    const train = async () => {
      const { json } = await cli.run(['next', '--limit', '9', '--json']);
      return json.data.tasks.find(({ id }: { id: string }) => id === 'train-model');
    };
    const before = (await train()).score;
    await answerAll(cli, 'softmax', 2);
    const after = await train();
    expect(after.score - before).toBe(16);
    expect(after.terms).toContainEqual({
      term: 'sureButWrong',
      points: 16,
      because: 'you were sure and wrong about 2 questions on “Softmax”',
    });
  });

  it('is said in one line by next and the bare command, and by status', async () => {
    const cli = createQuizCli();
    expect((await cli.run(['next'])).stdout).not.toContain('aisafe review');
    await answerAll(cli, 'softmax');
    const later = { env: { AISAFE_NOW: '2026-12-20T18:00:00Z' }, tty: true };
    for (const argv of [['next'], []])
      expect((await cli.run(argv, later)).stdout).toContain('5 questions due for review: aisafe review');
    const { stdout } = await cli.run(['status'], later);
    expect(stdout).toContain('5 questions due today aisafe review');
    expect(stdout).toMatch(/Concepts: 1 unseen, 1 explained/);
    expect(stdout).toMatch(/n = 5, Brier score 0\.00; too few for a verdict/);
    const { json } = await cli.run(['status', '--json'], { env: later.env });
    expect(json.data.questions).toMatchObject({ due: 5, calibration: { n: 5, verdict: null }, concepts: { weak: 1 } });
  });

  it('status without any answer does without the questions', async () => {
    const { json } = await createQuizCli().run(['status', '--json']);
    expect(json.data.questions).toEqual({ due: 0, calibration: { n: 0, brier: null, verdict: null }, concepts: null });
  });
});
