import { describe, expect, it } from 'vitest';
import { type SmallCli, writeIn } from '../check/small-folder.js';
import { createQuizCli, exported, listed, rightAnswer } from './quiz-cli.js';

async function writeRight(cli: SmallCli, argv: readonly string[], name = 'answers.json'): Promise<string> {
  const questions = await listed(cli, argv);
  const answers = questions.map((each) => ({ question: each.question, answer: rightAnswer(each), confidence: 80 }));
  return writeIn(cli, name, JSON.stringify(answers));
}

describe('aisafe quiz without a terminal', () => {
  it('exits 6 and names the way without one', async () => {
    const { exitCode, stdout, stderr } = await createQuizCli().run(['quiz', 'softmax']);
    expect([exitCode, stdout]).toEqual([6, '']);
    expect(stderr).toContain('aisafe quiz softmax --answers FILE');
  });

  it('lists the questions with --json, without their keys, and saves nothing', async () => {
    const cli = createQuizCli();
    const before = await exported(cli);
    const result = await cli.run(['quiz', '--json']);
    expect(result.exitCode).toBe(0);
    expect(result.json.schema).toBe('aisafe.quiz/1');
    const { data } = result.json;
    expect(data).toMatchObject({ answeredBy: 'nobody', sitting: null, finished: false, topic: null });
    expect(data.questions).toHaveLength(10);
    for (const question of data.questions) expect(question.answered).toBeNull();
    expect(JSON.stringify(data.questions)).not.toMatch(/correct"|Because that is|the gradient vanishes/);
    expect(await exported(cli)).toBe(before);
    expect((await cli.run(['quiz', '--json'])).stdout).toBe(result.stdout);
  });

  it('draws the same questions and figures from the same seed', async () => {
    const cli = createQuizCli();
    const draw = async (seed: string) => (await cli.run(['quiz', '--seed', seed, '--json'])).stdout;
    expect(await draw('one')).toBe(await draw('one'));
    expect(await draw('one')).not.toBe(await draw('two'));
  });
});

describe('an answers file', () => {
  it('answers every kind of question, and says what came of each', async () => {
    const cli = createQuizCli();
    const file = await writeRight(cli, ['quiz']);
    const { exitCode, json } = await cli.run(['quiz', '--answers', file, '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({ answeredBy: 'file', finished: true });
    expect(json.data.summary).toMatchObject({ answered: 10, score: 1, results: { correct: 10 } });
    expect(json.data.calibration).toMatchObject({ n: 10, verdict: null });
    const [first] = json.data.questions;
    expect(first.answered).toMatchObject({ result: 'correct', graded: true, confidence: 0.8, remarks: [] });
    expect(first.answered.explanation).toContain('Because');
    expect(first.answered.sources[0].url).toBe('https://example.org/softmax');
    expect(first.answered.next.due).toMatch(/^2026-1[12]-\d\d$/);
  });

  it('is matched in order where it names no question, and read from standard input', async () => {
    const cli = createQuizCli();
    const argv = ['quiz', '--kind', 'choice', '--count', '2'];
    const [first, second] = await listed(cli, argv);
    if (!first || !second) throw new Error('two questions');
    const stdin = `- answer: ${rightAnswer(first)}\n- { answer: "?" }\n`;
    const { json } = await cli.run([...argv, '--answers', '-', '--json'], { stdin });
    const results = json.data.questions.map((each: { answered: { result: string } }) => each.answered.result);
    expect(results).toEqual(['correct', 'unknown']);
  });

  it('may leave questions open; they are carried on', async () => {
    const cli = createQuizCli();
    const argv = ['quiz', '--kind', 'choice', '--count', '2'];
    const one = await cli.run([...argv, '--answers', '-', '--json'], { stdin: '- { answer: a }' });
    expect(one.json.data).toMatchObject({ finished: false, summary: { answered: 1, questions: 2 } });
    const two = await cli.run([...argv, '--answers', '-', '--json'], { stdin: '- { answer: a }' });
    expect(two.json.data).toMatchObject({ resumed: true, finished: true, summary: { answered: 2 } });
  });

  it('shows every question with its reveal in a pipe', async () => {
    const cli = createQuizCli();
    const file = await writeRight(cli, ['quiz']);
    const { exitCode, stdout, stderr } = await cli.run(['quiz', '--answers', file]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Correct.');
    expect(stdout).toContain('10 questions: 10 correct');
    expect(stdout).toContain('softmax\t');
    expect(stdout).toMatch(/Comes back .*\(2026-1\d-\d\d\)/);
    expect(stderr).toBe('');
  });

  it('is undone answer by answer', async () => {
    const cli = createQuizCli();
    const before = await exported(cli);
    const file = await writeRight(cli, ['quiz', '--count', '3']);
    await cli.run(['quiz', '--count', '3', '--answers', file]);
    await cli.run(['undo', '3']);
    expect(await exported(cli)).toBe(before);
  });

  it('reports everything that is wrong, with its place, and saves nothing', async () => {
    const cli = createQuizCli();
    const before = await exported(cli);
    const file = writeIn(
      cli,
      'bad.yaml',
      `- { question: mask-of-attention, answer: z }
- { question: limit-of-softmx, answer: a }
- { question: limit-of-softmax }
- { question: shift-of-softmax, answer: a, confidence: 30 }
- { question: shift-of-softmax, answer: a }
- { answer: a, sure: 80 }
- a
`,
    );
    const argv = ['quiz', '--kind', 'choice', '--count', '3', '--answers', file];
    const { exitCode, json } = await cli.run([...argv, '--json']);
    expect(exitCode).toBe(4);
    expect(json.error.code).toBe('DATA_INVALID');
    const findings = json.error.details.findings.map(
      ({ line, message }: { line: number; message: string }) => `${line} ${message}`,
    );
    expect(findings).toEqual([
      expect.stringMatching(/^1 “z” is not one of a to c/),
      '2 limit-of-softmx is not among the questions asked; did you mean limit-of-softmax?',
      '3 the key “answer” is missing; "?" is “I don\'t know”',
      '4 a confidence is from 50 to 100 (per cent), or from 0.5 to 1',
      '5 shift-of-softmax is answered already by number 4 of the list',
      '6 there are only 3 questions to answer',
      '6 “sure” is not a key here; the keys are question, answer, confidence',
      '7 an answer is a mapping with the key “answer”',
    ]);
    expect(await exported(cli)).toBe(before);
  });

  it.each([
    ['{ answers: [] }', 'an answers file is a list'],
    ['[]', 'no question is answered'],
    ['- { answer: [', ''],
  ])('is refused when it is %s', async (text, message) => {
    const cli = createQuizCli();
    const { exitCode, json } = await cli.run(['quiz', '--answers', '-', '--json'], { stdin: text });
    expect(exitCode).toBe(4);
    expect(json.error.message).toContain(message);
  });

  it('is missed when it is not there', async () => {
    const { exitCode, json } = await createQuizCli().run(['quiz', '--answers', 'none.yaml', '--json']);
    expect([exitCode, json.error.code]).toEqual([3, 'FILE_NOT_FOUND']);
  });
});

describe('aisafe quiz --placement', () => {
  const argv = ['quiz', '--placement', 'deep-learning'];
  const states = async (cli: SmallCli) => {
    const { json } = await cli.run(['list', 'deep-learning', '--json']);
    return JSON.stringify(json.data);
  };

  it('waives the open tasks of the module in one action with the score as the reason', async () => {
    const cli = createQuizCli();
    await cli.run(['done', 'train-model']);
    const open = await states(cli);
    const questions = await listed(cli, argv);
    expect(questions.length).toBeGreaterThanOrEqual(8);
    expect(questions.map(({ kind }) => kind)).not.toContain('explain');
    const file = await writeRight(cli, argv);
    const { exitCode, json } = await cli.run([...argv, '--answers', file, '--json']);
    expect(exitCode).toBe(0);
    const { placement } = json.data;
    expect(placement.passed).toBe(true);
    expect(placement.waived.map(({ id }: { id: string }) => id)).toEqual(['read-about-softmax', 'build-attention']);
    const waived = cli.inspect((store) => [...store.events({ kind: 'task.waived' })].map(({ data }) => data));
    const total = questions.length;
    expect(waived[0]).toEqual({ reason: `tested out: ${total} of ${total} on 2026-11-23` });
    await cli.run(['undo']);
    expect(await states(cli)).toBe(open);
  });

  it('changes nothing below the bar', async () => {
    const cli = createQuizCli();
    const open = await states(cli);
    const questions = await listed(cli, argv);
    const answers = questions.map((each, index) => ({ answer: index < 3 ? '?' : rightAnswer(each) }));
    const file = writeIn(cli, 'answers.json', JSON.stringify(answers));
    const result = await cli.run([...argv, '--answers', file]);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('Nothing was changed');
    expect(await states(cli)).toBe(open);
    expect(cli.inspect((store) => [...store.answers()].every(({ scheduling }) => scheduling === null))).toBe(true);
  });

  it('is decided when all questions are answered, in one sitting or more', async () => {
    const cli = createQuizCli();
    const questions = await listed(cli, argv);
    const half = questions.slice(0, 4).map((each) => ({ answer: rightAnswer(each) }));
    const first = await cli.run([...argv, '--answers', '-', '--json'], { stdin: JSON.stringify(half) });
    expect([first.exitCode, first.json.data.placement.passed]).toEqual([1, null]);
    const rest = questions.slice(4).map((each) => ({ question: each.question, answer: rightAnswer(each) }));
    const second = await cli.run([...argv, '--answers', '-', '--json'], { stdin: JSON.stringify(rest) });
    expect([second.exitCode, second.json.data.placement.passed]).toEqual([0, true]);
  });

  it('is decided later when it broke off after the last answer', async () => {
    const cli = createQuizCli();
    const file = await writeRight(cli, argv);
    await cli.run([...argv, '--answers', file]);
    await cli.run(['undo']);
    expect(cli.inspect((store) => store.sittings({ open: true }).size)).toBe(1);
    const { exitCode, stdout } = await cli.run(argv);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('These now count as known');
  });

  it('refuses what contradicts it', async () => {
    const cli = createQuizCli();
    expect((await cli.run([...argv, '--kind', 'choice', '--json'])).json.error.code).toBe('USAGE');
    expect((await cli.run([...argv, '--count', '3', '--json'])).json.error.code).toBe('BAD_VALUE');
    expect((await cli.run(['quiz', '--placement', 'phase1', '--json'])).json.error.code).toBe('USAGE');
    expect((await cli.run(['quiz', '--placement', 'warming', '--json'])).json.error.code).toBe('NOT_FOUND');
  });
});
