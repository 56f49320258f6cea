import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys, openTerminal, type Screen, tempHome } from '../e2e/terminal.js';
import { inspectStore } from './harness.js';

interface Prompt {
  readonly name: string;
  readonly argv: readonly string[];
  /** Leads to the prompt. */
  readonly reach: (screen: Screen) => Promise<void>;
  /** At least so many events have been committed by then. */
  readonly events: number;
}

const press = async (screen: Screen, wanted: string, typed: string) => {
  await screen.waitFor(wanted);
  screen.type(typed);
};

const prompts: readonly Prompt[] = [
  {
    name: 'the first of init',
    argv: ['init'],
    reach: (screen) => screen.waitFor('Have you used mathematics'),
    events: 0,
  },
  {
    name: 'the second of init',
    argv: ['init'],
    reach: async (screen) => {
      await press(screen, 'Have you used mathematics', keys.enter);
      await screen.waitFor('How many hours a week');
    },
    events: 1,
  },
  {
    name: 'the third of init',
    argv: ['init'],
    reach: async (screen) => {
      await press(screen, 'Have you used mathematics', keys.enter);
      await press(screen, 'How many hours a week', `7${keys.enter}`);
      await screen.waitFor('Which track');
    },
    events: 2,
  },
  {
    name: 'a criterion of check',
    argv: ['check', 'phase1'],
    reach: async (screen) => {
      await press(screen, '1 of 6', keys.enter);
      await screen.waitFor('2 of 6');
    },
    events: 2,
  },
  {
    name: 'a question of quiz',
    argv: ['quiz', 'phase1', '--kind', 'choice', '--count', '3'],
    reach: async (screen) => {
      await press(screen, 'Your answer:', '?');
      await screen.waitFor('Next question?');
    },
    events: 1,
  },
  { name: 'the first of focus', argv: ['focus'], reach: (screen) => screen.waitFor('?'), events: 0 },
];

const signals = [
  ['Ctrl-C', (screen: Screen) => screen.type(keys.ctrlC), 130],
  ['SIGINT', (screen: Screen) => screen.kill('SIGINT'), 130],
  ['SIGTERM', (screen: Screen) => screen.kill('SIGTERM'), 130],
  ['a closed terminal', (screen: Screen) => screen.kill('SIGHUP'), 130],
] as const;

describe.each(signals)('%s', (_signal, send, expected) => {
  it.each(prompts.map((prompt) => [prompt.name, prompt] as const))(
    'at %s keeps what was answered',
    async (_name, prompt) => {
      const home = tempHome();
      const screen = openTerminal(prompt.argv, { home });
      await prompt.reach(screen);
      send(screen);
      expect(await screen.exit()).toBe(expected);
      const { events, failed } = inspectStore(join(home, 'data'));
      expect(failed).toEqual([]);
      expect(events.length).toBeGreaterThanOrEqual(prompt.events);
      expect(screen.text()).not.toMatch(/\bat .*:\d+:\d+/);
    },
  );
});

describe('a terminal that changes its size in the middle', () => {
  it('goes on with the same question', async () => {
    const screen = openTerminal(['check', 'phase1'], { columns: 100 });
    await screen.waitFor('1 of 6');
    screen.resize(50, 30);
    screen.type(keys.enter);
    await screen.waitFor('2 of 6');
    screen.resize(120, 30);
    screen.type(keys.ctrlC);
    expect(await screen.exit()).toBe(130);
    expect(inspectStore(join(screen.home, 'data')).events.length).toBeGreaterThanOrEqual(2);
  });
});
