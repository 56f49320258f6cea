import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { QuestionData } from '../../../src/commands/quiz/report.js';
import { interrupt } from '../../helpers/prompter.js';
import { createQuizCli, exported, rightAnswer, typeAll } from '../quiz/quiz-cli.js';
import { createSmallCli, type SmallCli, writeIn } from './small-folder.js';

const later = (day: string) => ({ env: { AISAFE_NOW: `${day}T18:00:00.000Z` } });

/** The small curriculum whose checkpoint draws four of its questions. */
function createDrawingCli(base: SmallCli = createQuizCli()): SmallCli {
  const path = join(base.home, 'small', 'phases', 'phase1.yaml');
  writeFileSync(path, `${readFileSync(path, 'utf8')}  quiz: { count: 4, pass: 0.75 }\n`);
  return base;
}

const listQuestions = async (cli: SmallCli, ...options: readonly string[]): Promise<readonly QuestionData[]> =>
  (await cli.run(['check', 'phase1', '--quiz-only', ...options, '--json'])).json.data.quiz.questions;

const criteria = `criteria:
  attention-from-scratch: { level: 2, self_attested: true }
  model-trained: { level: 2, self_attested: true }
  papers-read: { level: 2, self_attested: true }
`;

const quizPart = (questions: readonly QuestionData[], wrong = 0) =>
  `quiz: ${JSON.stringify(questions.map((each, index) => ({ answer: index < wrong ? '?' : rightAnswer(each) })))}\n`;

const atTheBar = ['Unaided', 'My own word', 'Alone', 'My own word', 'The whole of it', 'My own word'];

describe('the drawn questions of a checkpoint', () => {
  it('are asked after the criteria, and make readiness with them', async () => {
    const cli = createDrawingCli();
    const listed = await listQuestions(cli);
    expect(listed).toHaveLength(4);
    expect(new Set(listed.flatMap(({ concepts }) => concepts))).toEqual(new Set(['softmax', 'attention']));
    expect(listed.every(({ kind, answered }) => kind !== 'explain' && answered === null)).toBe(true);
    const file = writeIn(cli, 'answers.yaml', criteria + quizPart(listed));
    const { exitCode, json } = await cli.run(['check', 'phase1', '--answers', file, '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({
      ready: true,
      components: { criteria: true, evidence: true, quiz: true, recall: true },
      quiz: { state: 'passed', asked: 4, answered: 4, right: 4, share: 1, pass: 0.75 },
      recall: { share: 1, questions: 4 },
      attempt: { readyWhenFinished: true },
    });
    const kinds = cli.inspect((store) => [...store.events()].map(({ kind }) => kind).slice(2));
    expect(kinds.filter((kind) => kind === 'question.answered')).toHaveLength(4);
    expect(kinds.at(-1)).toBe('checkpoint.finished');
    expect(cli.inspect((store) => [...store.sittings().values()])).toMatchObject([
      { mode: 'check', topic: 'phase1-check', finishedAt: expect.any(String) },
    ]);
  });

  it('not taken: not ready, and said so with the command', async () => {
    const cli = createDrawingCli();
    const file = writeIn(cli, 'answers.yaml', criteria);
    const { exitCode, stdout, stderr } = await cli.run(['check', 'phase1', '--answers', file]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Questions\tnot ready\tnot taken (4 questions)');
    expect(stdout).toContain('Recall today\tready\tno estimate yet');
    expect(stderr).toContain('aisafe check phase1 --quiz-only');
    const { json } = await cli.run(['check', 'phase1', '--report', '--json']);
    expect(json.data).toMatchObject({ ready: false, components: { criteria: true, quiz: false, recall: true } });
  });

  it('too few right: not ready; once more with other questions, and the attempt becomes ready', async () => {
    const cli = createDrawingCli();
    const first = await listQuestions(cli);
    const failed = writeIn(cli, 'failed.yaml', criteria + quizPart(first, 2));
    expect((await cli.run(['check', 'phase1', '--answers', failed, '--json'])).json.data).toMatchObject({
      ready: false,
      quiz: { state: 'failed', right: 2, share: 0.5 },
    });
    const second = await listQuestions(cli);
    const asked = new Set(first.map(({ question }) => question));
    expect(second.filter(({ question }) => asked.has(question))).toEqual([]);
    const passed = writeIn(cli, 'passed.yaml', quizPart(second));
    const { exitCode, json } = await cli.run(['check', 'phase1', '--quiz-only', '--answers', passed, '--json']);
    expect(json.data).toMatchObject({ ready: true, attempt: { readyWhenFinished: true }, quiz: { state: 'passed' } });
    expect(exitCode).toBe(0);
  });

  it('a passed checkpoint fades as its questions are forgotten, and a review brings it back', async () => {
    const cli = createDrawingCli();
    const file = writeIn(cli, 'answers.yaml', criteria + quizPart(await listQuestions(cli)));
    await cli.run(['check', 'phase1', '--answers', file]);
    const report = async (day: string) =>
      (await cli.run(['check', 'phase1', '--report', '--json'], later(day))).json.data;
    expect(await report('2026-11-25')).toMatchObject({ ready: true, faded: false });
    const faded = await report('2027-03-01');
    expect(faded).toMatchObject({ ready: false, faded: true, components: { recall: false, quiz: true } });
    expect(faded.recall.share).toBeLessThan(0.75);
    const onTerminal = await cli.run(['check', 'phase1', '--report'], { tty: true, ...later('2027-03-01') });
    expect(onTerminal.stdout).toMatch(/Was ready 23 Nov 2026; estimated recall today \d\d %\./);
    expect(onTerminal.stderr).toContain('aisafe review');
    const status = await cli.run(['status'], { tty: true, ...later('2027-03-01') });
    expect(status.stdout).toMatch(/Core skills: was ready 23 Nov 2026; estimated recall today \d\d\s+%/);
    expect(status.stdout).toContain('4 questions due today aisafe review');
    const due: readonly QuestionData[] = (await cli.run(['review', '--json'], later('2027-03-01'))).json.data.questions;
    const answers = writeIn(cli, 'review.json', JSON.stringify(due.map((each) => ({ answer: rightAnswer(each) }))));
    await cli.run(['review', '--answers', answers], later('2027-03-01'));
    expect(await report('2027-03-01')).toMatchObject({ ready: true, faded: false });
  });

  it('on a terminal: criteria, then one key a question; what breaks off is carried on', async () => {
    const cli = createDrawingCli();
    const stopped = await cli.run(['check', 'phase1'], { tty: true, answers: [...atTheBar, interrupt] });
    expect(stopped.exitCode).toBe(130);
    // Without the answers a new draw may differ, so the questions are listed now that the criteria are saved.
    const questions = await listQuestions(cli);
    const isTyped = !['choice', 'multi'].includes(questions[2]?.kind ?? '');
    const half = typeAll(questions.slice(0, 2));
    const first = await cli.run(['check', 'phase1'], {
      tty: true,
      answers: ['Finish and show', ...half, isTyped ? '/q' : 'q'],
    });
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain('2 of 4 answered');
    expect(first.stderr).toContain('To carry on: aisafe check phase1');
    const rest = typeAll(questions.slice(2));
    const second = await cli.run(['check', 'phase1'], { tty: true, answers: ['Finish and show', ...rest] });
    expect(second.stderr.replaceAll(/\s+/g, ' ')).toContain('2 of 4 answered');
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('Ready');
    expect(second.stdout).toContain('4 of 4 right, 100 %; 75 % passes');
  });

  it.each([60, 80, 120])('fits a screen of %i columns', async (columns) => {
    const cli = createDrawingCli();
    const questions = await listQuestions(cli, '--seed', 's');
    const answers = [...atTheBar, ...typeAll(questions)];
    const { exitCode, stdout, stderr } = await cli.run(['check', 'phase1', '--seed', 's'], {
      tty: true,
      columns,
      answers,
    });
    expect(exitCode).toBe(0);
    for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('--no-quiz leaves them out, --quiz-only the criteria', async () => {
    const cli = createDrawingCli();
    const without = await cli.run(['check', 'phase1', '--no-quiz'], { tty: true, answers: atTheBar });
    expect(without.exitCode).toBe(1);
    expect(without.stdout).toContain('not taken');
    const questions = await listQuestions(cli);
    const only = await cli.run(['check', 'phase1', '--quiz-only'], { tty: true, answers: typeAll(questions) });
    expect(only.exitCode).toBe(0);
    expect((await cli.run(['check', 'phase1', '--report', '--json'])).json.data.attempt.readyWhenFinished).toBe(true);
  });

  it('answers by name, and in a second file, come to the same', async () => {
    const cli = createDrawingCli();
    const [a, b, c, d] = await listQuestions(cli);
    const entries = (...list: readonly (QuestionData | undefined)[]) =>
      `quiz: ${JSON.stringify(list.flatMap((each) => (each ? [{ question: each.question, answer: rightAnswer(each) }] : [])))}\n`;
    const run = (text: string) =>
      cli.run(['check', 'phase1', '--answers', writeIn(cli, 'a.yaml', text), '--json']).then(({ json }) => json.data);
    expect(await run(criteria + entries(a, b))).toMatchObject({ ready: false, quiz: { state: 'begun', answered: 2 } });
    expect(await run(entries(c, d))).toMatchObject({ ready: true, quiz: { state: 'passed' } });
  });

  it('an undone answer leaves the export as it was', async () => {
    const cli = createDrawingCli();
    const [first] = await listQuestions(cli);
    const before = await exported(cli);
    const file = writeIn(cli, 'one.yaml', quizPart(first ? [first] : []));
    await cli.run(['check', 'phase1', '--answers', file]);
    expect(await exported(cli)).not.toBe(before);
    await cli.run(['undo']);
    expect(await exported(cli)).toBe(before);
  });

  it('says everything that is wrong in a file, and saves nothing', async () => {
    const cli = createDrawingCli();
    const before = await exported(cli);
    const text = `${criteria}quiz:\n  - { answer: { no: such } }\n  - { question: no-such, answer: a }\n`;
    const { exitCode, json } = await cli.run([
      'check',
      'phase1',
      '--answers',
      writeIn(cli, 'bad.yaml', text),
      '--json',
    ]);
    expect(exitCode).toBe(4);
    expect(json.error.message).toMatch(/bad\.yaml:6:\d+/);
    expect(json.error.message).toMatch(/bad\.yaml:7:\d+ no-such is not among the questions asked/);
    expect(await exported(cli)).toBe(before);
    const refused = await cli.run(['check', 'phase1', '--no-quiz', '--answers', 'bad.yaml', '--json']);
    expect(refused.json.error.message).toContain('--no-quiz leaves the drawn questions out');
    const only = await cli.run(['check', 'phase1', '--quiz-only', '--answers', 'bad.yaml', '--json']);
    expect(only.json.error.message).toContain('--quiz-only takes no criteria');
  });

  it('a curriculum without questions is as it was', async () => {
    const cli = createDrawingCli(createSmallCli());
    const file = writeIn(cli, 'answers.yaml', criteria);
    const { exitCode, json } = await cli.run(['check', 'phase1', '--answers', file, '--json']);
    expect(exitCode).toBe(0);
    expect(json.data).toMatchObject({
      ready: true,
      quiz: null,
      recall: null,
      components: { quiz: null, recall: null },
    });
    const only = await cli.run(['check', 'phase1', '--quiz-only', '--json']);
    expect(only).toMatchObject({ exitCode: 3, json: { error: { code: 'NOT_FOUND' } } });
  });

  it('--quiz-only needs a terminal, a file or --json, and refuses what contradicts it', async () => {
    const cli = createDrawingCli();
    expect((await cli.run(['check', 'phase1', '--quiz-only'])).exitCode).toBe(6);
    for (const other of ['--report', '--resume', '--no-quiz'])
      expect((await cli.run(['check', 'phase1', '--quiz-only', other])).exitCode).toBe(2);
  });
});
