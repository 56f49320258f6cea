import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createQuizCli } from '../commands/quiz/quiz-cli.js';
import { testNow } from '../helpers/cli.js';
import { openTerminal } from './terminal.js';

const program = resolve('bin/aisafe.cjs');

const environment = (home: string) => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  AISAFE_HOME: home,
  AISAFE_NOW: testNow,
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
});

const open = (home: string, ...argv: string[]) => openTerminal(argv, { home, rows: 200, env: environment(home) });

const threeChoices = ['quiz', '--kind', 'choice', '--count', '3'];

describe('a quiz on a real terminal', () => {
  it('is answered key by key, without Enter, and leaves no key bar behind', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, ...threeChoices);
    for (let question = 1; question <= 3; question++) {
      await terminal.waitFor(`${question} of 3`);
      await terminal.waitFor('Your answer:', question);
      await terminal.waitFor('quit]');
      terminal.type('a');
      await terminal.waitFor('How sure are you?', question);
      await terminal.waitFor('1 50 %');
      terminal.type('2');
      await terminal.waitFor('How sure are you? 2', question);
      await terminal.waitFor(
        question === 3 ? 'That was the last one.' : 'Next question?',
        question === 3 ? 1 : question,
      );
      terminal.type(' ');
    }
    expect(await terminal.exit()).toBe(0);
    await terminal.waitFor('3 questions:');
    expect(terminal.text()).not.toContain('undo the last');
    expect(terminal.text()).toContain('Your answer: a\n');
    expect(cli.inspect((store) => [...store.answers()].map(({ confidence }) => confidence))).toEqual([
      0.65, 0.65, 0.65,
    ]);
  });

  it('switches several options on and off', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, 'quiz', '--kind', 'multi');
    await terminal.waitFor('All that apply: -');
    terminal.type('3');
    await terminal.waitFor('All that apply: 3');
    terminal.type('1');
    await terminal.waitFor('All that apply: 1 3');
    terminal.type('3');
    await terminal.waitFor('All that apply: 1\n');
    terminal.type('\r');
    await terminal.waitFor('How sure are you?');
    terminal.type('\u0003');
    expect(await terminal.exit()).toBe(130);
    expect(terminal.text()).toContain('Stopped. Everything answered so far is kept.');
  });

  it('takes a typed line after a key and a key after a typed line', async () => {
    const cli = createQuizCli();
    const terminal = open(cli.home, 'quiz', '--kind', 'number');
    await terminal.waitFor('A number, in bytes:');
    terminal.type('many\r');
    await terminal.waitFor('is not a number');
    terminal.type('\u0015');
    terminal.type('12 bytes\r');
    await terminal.waitFor('How sure are you?');
    terminal.type('1');
    await terminal.waitFor('That was the last one.');
    terminal.type('\r');
    expect(await terminal.exit()).toBe(0);
  });

  it('gives the terminal back as it was', async () => {
    const cli = createQuizCli();
    const script = `stty -a > before; "${process.execPath}" "$PROGRAM" quiz --kind choice; stty -a > after; cmp before after && echo same`;
    const env = { ...environment(cli.home), PROGRAM: program };
    const terminal = openTerminal(['-c', script], { home: cli.home, rows: 200, env, command: '/bin/sh' });
    await terminal.waitFor('Your answer:');
    terminal.type('\u0003');
    await terminal.waitFor('same');
  });

  it('loses at most the answer being given when it is killed at a prompt', async () => {
    const cli = createQuizCli();
    let answered = 0;
    for (const at of ['Your answer:', 'How sure are you?', 'Next question?'] as const) {
      const terminal = open(cli.home, ...threeChoices);
      await terminal.waitFor('Your answer:');
      if (at !== 'Your answer:') {
        terminal.type('a');
        await terminal.waitFor('How sure are you?');
      }
      if (at === 'Next question?') {
        terminal.type('1');
        await terminal.waitFor(at);
        answered++;
      }
      terminal.kill('SIGKILL');
      await terminal.exit();
      expect(cli.inspect((store) => [...store.answers()].length)).toBe(answered);
    }
    const resumed = open(cli.home, ...threeChoices);
    await resumed.waitFor('answered. To begin anew: aisafe quiz --restart');
    await resumed.waitFor('2 of 3');
    resumed.type('q');
    expect(await resumed.exit()).toBe(0);
    await resumed.waitFor('To carry on: aisafe quiz');
  });
});
