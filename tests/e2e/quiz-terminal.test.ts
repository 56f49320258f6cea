import { beforeAll, describe, expect, it } from 'vitest';
import { createQuizCli } from '../commands/quiz/quiz-cli.js';
import { testNow } from '../helpers/cli.js';
import { buildProgram, Terminal } from './terminal.js';

let program: string;

beforeAll(async () => {
  program = await buildProgram();
});

const environment = (home: string) => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  AISAFE_HOME: home,
  AISAFE_NOW: testNow,
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
});

const open = (home: string, ...argv: string[]) => new Terminal(process.execPath, [program, ...argv], environment(home));

const threeChoices = ['quiz', '--kind', 'choice', '--count', '3'];

describe('a quiz on a real terminal', () => {
  it('is answered key by key, without Enter, and leaves no key bar behind', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, ...threeChoices);
    for (let question = 1; question <= 3; question++) {
      await terminal.shows(`${question} of 3`);
      await terminal.shows('Your answer:', question);
      await terminal.shows('quit]');
      terminal.type('a');
      await terminal.shows('How sure are you?', question);
      await terminal.shows('1 50 %');
      terminal.type('2');
      await terminal.shows('How sure are you? 2', question);
      await terminal.shows(question === 3 ? 'That was the last one.' : 'Next question?', question === 3 ? 1 : question);
      terminal.type(' ');
    }
    expect(await terminal.exitCode).toBe(0);
    await terminal.shows('3 questions:');
    expect(terminal.text()).not.toContain('undo the last');
    expect(terminal.text()).toContain('Your answer: a\n');
    expect(cli.inspect((store) => [...store.answers()].map(({ confidence }) => confidence))).toEqual([
      0.65, 0.65, 0.65,
    ]);
  });

  it('switches several options on and off', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, 'quiz', '--kind', 'multi');
    await terminal.shows('All that apply: -');
    terminal.type('3');
    await terminal.shows('All that apply: 3');
    terminal.type('1');
    await terminal.shows('All that apply: 1 3');
    terminal.type('3');
    await terminal.shows('All that apply: 1\n');
    terminal.type('\r');
    await terminal.shows('How sure are you?');
    terminal.type('\u0003');
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.text()).toContain('Stopped. Everything answered so far is kept.');
  });

  it('takes a typed line after a key and a key after a typed line', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, 'quiz', '--kind', 'number');
    await terminal.shows('A number, in bytes:');
    terminal.type('many\r');
    await terminal.shows('is not a number');
    terminal.type('\u0015');
    terminal.type('12 bytes\r');
    await terminal.shows('How sure are you?');
    terminal.type('1');
    await terminal.shows('That was the last one.');
    terminal.type('\r');
    expect(await terminal.exitCode).toBe(0);
  });

  it('gives the terminal back as it was', async () => {
    const cli = createQuizCli();
    const script = `stty -a > before; "${process.execPath}" "$PROGRAM" quiz --kind choice; stty -a > after; cmp before after && echo same`;
    const env = { ...environment(cli.home), PROGRAM: program };
    const terminal = new Terminal(
      '/bin/sh',
      ['-c', `cd "$AISAFE_HOME"; PROGRAM="${process.cwd()}/$PROGRAM"; ${script}`],
      env,
    );
    await terminal.shows('Your answer:');
    terminal.type('\u0003');
    await terminal.shows('same');
  });

  it('loses at most the answer being given when it is killed at a prompt', async () => {
    const cli = createQuizCli();
    let answered = 0;
    for (const at of ['Your answer:', 'How sure are you?', 'Next question?'] as const) {
      const terminal = open(cli.home, ...threeChoices);
      await terminal.shows('Your answer:');
      if (at !== 'Your answer:') {
        terminal.type('a');
        await terminal.shows('How sure are you?');
      }
      if (at === 'Next question?') {
        terminal.type('1');
        await terminal.shows(at);
        answered++;
      }
      terminal.kill('SIGKILL');
      await terminal.exitCode;
      expect(cli.inspect((store) => [...store.answers()].length)).toBe(answered);
    }
    const resumed = open(cli.home, ...threeChoices);
    await resumed.shows('answered. To begin anew: aisafe quiz --restart');
    await resumed.shows('2 of 3');
    resumed.type('q');
    expect(await resumed.exitCode).toBe(0);
    await resumed.shows('To carry on: aisafe quiz');
  });
});
