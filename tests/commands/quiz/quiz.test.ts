import { describe, expect, it } from 'vitest';
import type { Answer } from '../../helpers/prompter.js';
import { interrupt } from '../../helpers/prompter.js';
import { createQuizCli, exported, listed, typeAll, typeRightly } from './quiz-cli.js';

const kindsOf = (cli: ReturnType<typeof createQuizCli>) =>
  cli.inspect((store) => [...store.events({ effective: true })].map((event) => event.kind).slice(2));

describe('aisafe quiz on a terminal', () => {
  it('asks every kind of question, and ends with what came of it', async () => {
    const cli = createQuizCli();
    const questions = await listed(cli, ['quiz']);
    expect(questions).toHaveLength(10);
    const result = await cli.run(['quiz'], { tty: true, answers: typeAll(questions) });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('10 questions');
    expect(result.stderr).toContain('3 of 10');
    expect(result.stderr).toContain('Correct.');
    expect(result.stderr).toContain('Because that is how it is.');
    expect(result.stderr).toContain('The softmax');
    expect(result.stderr).toMatch(/Comes back in \d+ days/);
    expect(result.stdout).toContain('10 questions: 10 correct, 0 wrong. Score 100 %.');
    expect(result.stdout).toContain('n = 10, Brier score 0.04; too few for a verdict');
    expect(result.stdout).toMatch(/Next review: \d+ questions? on/);
    expect(kindsOf(cli)).toEqual(['sitting.started', ...Array(10).fill('question.answered'), 'sitting.finished']);
  });

  it.each([60, 80, 120])('fits a screen of %i columns', async (columns) => {
    const cli = createQuizCli();
    const answers = typeAll(await listed(cli, ['quiz']));
    const result = await cli.run(['quiz'], { tty: true, columns, answers });
    for (const line of `${result.stdout}\n${result.stderr}`.split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('shows why a distractor is wrong, and the right answer', async () => {
    const cli = createQuizCli();
    const [question] = await listed(cli, ['quiz', '--kind', 'choice', '--count', '1']);
    const form = question?.form;
    if (form?.kind !== 'choice') throw new Error('a choice was wanted');
    const wrong = 'abc'[form.options.indexOf('A wrong one')] ?? '';
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '1'], {
      tty: true,
      answers: [wrong, '4', 'enter'],
    });
    expect(result.stderr).toContain('Not right. You said: A wrong one');
    expect(result.stderr).toContain('Right answer: The right one');
    expect(result.stderr).toContain('One might think so, but no.');
    expect(result.stderr).toContain('Comes back tomorrow');
  });

  it('takes “I don’t know” and a skip without asking how sure one is', async () => {
    const cli = createQuizCli();
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '2'], {
      tty: true,
      answers: ['?', 'enter', 's', 'space'],
    });
    expect(result.stdout).toContain('0 correct, 0 wrong, 1 not known, 1 skipped');
  });

  it('does not ask how sure one is when that is switched off', async () => {
    const cli = createQuizCli();
    await cli.run(['config', 'set', 'confidence', 'off']);
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '1'], { tty: true, answers: ['a', 'enter'] });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).not.toContain('Brier');
  });

  it('refuses what cannot be read as an answer', async () => {
    const cli = createQuizCli();
    const result = await cli.run(['quiz', '--kind', 'number'], { tty: true, answers: ['many'] });
    expect(result.exitCode).toBe(70);
    expect(result.stderr).toContain('“many” is not a number');
  });

  it('takes commands where answers are typed', async () => {
    const cli = createQuizCli();
    const result = await cli.run(['quiz', '--kind', 'text'], { tty: true, answers: ['/q'] });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('To carry on: aisafe quiz');
    expect(kindsOf(cli)).toEqual([]);
  });

  it('opens where to read more', async () => {
    const cli = createQuizCli();
    const opened: string[] = [];
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '1'], {
      tty: true,
      answers: ['a', '1', 'e', 'enter'],
      openUrl: async (url) => opened.push(url) > 0,
    });
    expect(result.exitCode).toBe(0);
    expect(opened).toEqual(['https://example.org/softmax']);
  });

  it('flags a faulty question with a note, and does not draw it again', async () => {
    const cli = createQuizCli();
    const [question] = await listed(cli, ['quiz', '--kind', 'text']);
    const result = await cli.run(['quiz', '--kind', 'text'], {
      tty: true,
      answers: ['/f', 'Two answers are right.', '?', 'enter'],
    });
    expect(result.stderr).toContain('Flagged.');
    const flagged = cli.inspect((store) => store.cards('small').get(question?.question ?? '')?.flagged);
    expect(flagged).toMatchObject({ note: 'Two answers are right.' });
    expect((await cli.run(['quiz', '--kind', 'text', '--json'])).exitCode).toBe(3);
  });

  it('shows the interval of each grade of an explained answer before it is given', async () => {
    const cli = createQuizCli();
    await cli.run(['config', 'set', 'grades', 'four']);
    const result = await cli.run(['quiz', '--kind', 'explain'], {
      tty: true,
      answers: ['It grows.', '3', '1 2 3', '4', 'enter'],
    });
    expect(result.exitCode).toBe(0);
    const [answer] = cli.inspect((store) => [...store.answers()]);
    expect(answer?.scheduling?.rating).toBe(4);
  });
});

describe('undo in a quiz', () => {
  it('takes back the answer just given, and asks again', async () => {
    const cli = createQuizCli();
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '1'], {
      tty: true,
      answers: ['a', '1', 'u', 'b', '2', 'enter'],
    });
    expect(result.stderr).toContain('Taken back: the last answer.');
    expect(cli.inspect((store) => [...store.answers()].map(({ confidence }) => confidence))).toEqual([0.65]);
    expect(result.stdout).toContain('1 question:');
  });

  it('takes back the previous answer from the next question', async () => {
    const cli = createQuizCli();
    const questions = await listed(cli, ['quiz', '--kind', 'choice', '--count', '2']);
    const [first, second] = questions.map((question) => typeRightly(question));
    const answers: Answer[] = ['?', 'enter', 'u', ...(first ?? []), 'enter', ...(second ?? []), 'enter'];
    const result = await cli.run(['quiz', '--kind', 'choice', '--count', '2'], { tty: true, answers });
    expect(result.stdout).toContain('2 questions: 2 correct');
  });

  it('restores the export byte for byte', async () => {
    const cli = createQuizCli();
    const before = await exported(cli);
    await cli.run(['quiz', '--kind', 'choice', '--count', '2'], { tty: true, answers: ['a', '1', 'enter', 'q'] });
    const between = await exported(cli);
    await cli.run(['quiz', '--kind', 'choice', '--count', '2'], { tty: true, answers: ['b', '1', 'enter'] });
    expect(between).not.toBe(before);
    await cli.run(['undo']);
    expect(await exported(cli)).toBe(between);
    await cli.run(['undo']);
    expect(await exported(cli)).toBe(before);
  });

  it('does so from inside the quiz too', async () => {
    const cli = createQuizCli();
    const before = await exported(cli);
    await cli.run(['quiz', '--kind', 'choice', '--count', '1'], { tty: true, answers: ['a', '1', 'u', 'q'] });
    expect(await exported(cli)).toBe(before);
  });
});

describe('a quiz that breaks off', () => {
  /** Every prompt of the first two questions: each answer, each confidence, each reveal. */
  const script: readonly Answer[] = ['?', 'enter', '?', 'enter', '?', 'enter'];
  it.each(script.map((_, index) => index))('keeps what was answered when it breaks off at prompt %i', async (at) => {
    const cli = createQuizCli();
    const argv = ['quiz', '--kind', 'choice', '--count', '3'];
    const questions = await listed(cli, argv);
    const broken = await cli.run(argv, { tty: true, answers: [...script.slice(0, at), interrupt] });
    expect(broken.exitCode).toBe(130);
    const answered = Math.ceil(at / 2);
    expect(cli.inspect((store) => [...store.answers()].length)).toBe(answered);
    const again = await listed(cli, argv);
    if (answered === 3) return;
    expect(again.map(({ question, seed }) => [question, seed])).toEqual(
      questions.map(({ question, seed }) => [question, seed]),
    );
    const rest = script.slice(2 * answered);
    const resumed = await cli.run(argv, { tty: true, answers: rest });
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stdout).toContain('3 questions: 0 correct, 0 wrong, 3 not known');
    if (answered > 0) expect(resumed.stderr.replace(/\s+/g, ' ')).toContain(`${answered} of 3 answered`);
    expect(kindsOf(cli).filter((kind) => kind === 'sitting.started')).toHaveLength(1);
  });

  it('keeps nothing of an answer whose confidence was not told', async () => {
    const cli = createQuizCli();
    await cli.run(['quiz', '--kind', 'choice'], { tty: true, answers: ['a', interrupt] });
    expect(kindsOf(cli)).toEqual([]);
  });

  it('begins anew with --restart, for good', async () => {
    const cli = createQuizCli();
    const argv = ['quiz', '--kind', 'choice', '--count', '2'];
    await cli.run(argv, { tty: true, answers: ['?', 'q'] });
    const anew = await cli.run([...argv, '--restart'], { tty: true, answers: ['?', 'enter', '?', 'enter'] });
    expect(anew.stdout).toContain('2 questions:');
    expect(cli.inspect((store) => store.sittings({ open: true }).size)).toBe(0);
  });

  it('is not carried on by a quiz on something else', async () => {
    const cli = createQuizCli();
    await cli.run(['quiz', 'softmax', '--kind', 'choice'], { tty: true, answers: ['?', 'q'] });
    expect((await cli.run(['quiz', 'attention', '--json'])).json.data.resumed).toBe(false);
    expect((await cli.run(['quiz', 'softmax', '--json'])).json.data.resumed).toBe(true);
    expect((await cli.run(['quiz', 'softmax', '--seed', 'x', '--json'])).json.data.resumed).toBe(false);
  });
});

describe('the topic of a quiz', () => {
  const conceptsOf = async (...argv: string[]) => {
    const questions = await listed(createQuizCli(), ['quiz', ...argv, '--count', '20']);
    return [...new Set(questions.flatMap(({ concepts }) => concepts))].sort();
  };
  it('is a phase, module, task or concept', async () => {
    expect(await conceptsOf('phase1')).toEqual(['attention', 'softmax']);
    expect(await conceptsOf('deep-learning')).toEqual(['attention', 'softmax']);
    expect(await conceptsOf('build-attention')).toEqual(['attention']);
    expect(await conceptsOf('softmax')).toEqual(['softmax']);
  });

  it('is found or named', async () => {
    const cli = createQuizCli();
    const unknown = await cli.run(['quiz', 'sofmax', '--json']);
    expect(unknown.exitCode).toBe(3);
    expect(unknown.json.error).toMatchObject({ code: 'NOT_FOUND', hint: 'aisafe quiz softmax' });
    const none = await cli.run(['quiz', 'warming', '--json']);
    expect(none.exitCode).toBe(3);
    expect(none.json.error.message).toContain('no questions on “Warming”');
    expect((await cli.run(['quiz', 'softmax-page', '--json'])).exitCode).toBe(2);
  });

  it('asks only one kind, so many', async () => {
    const cli = createQuizCli();
    const questions = await listed(cli, ['quiz', '--kind', 'choice', '--count', '2']);
    expect(questions.map(({ kind }) => kind)).toEqual(['choice', 'choice']);
  });
});
