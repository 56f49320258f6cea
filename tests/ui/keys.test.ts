import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type KeyQuestion, keyBar, parseKeyLine } from '../../src/ui/ask-keys.js';
import { terminalPrompter } from '../../src/ui/prompter.js';

/** A terminal that keeps what was printed and how often it went raw and back. */
class FakeTerminal extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  readonly modes: boolean[] = [];

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    this.modes.push(raw);
    return this;
  }
}

async function start(question: KeyQuestion, plain = false) {
  const input = new FakeTerminal();
  const output = Object.assign(new PassThrough(), { columns: 60 });
  const prompter = await terminalPrompter({ input, output }, plain);
  const answer = prompter.keys(question);
  const outcome = answer.catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve));
  const printed = () => String(output.read() ?? '');
  const type = async (text: string) => {
    input.write(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { input, type, outcome, printed };
}

const letters = ['a', 'b', 'c'].map((key) => ({ key, label: 'answer' }));
const choice: KeyQuestion = { message: 'Your answer:', keys: [...letters, { key: '?', label: "I don't know" }] };
const multi: KeyQuestion = {
  message: 'All:',
  toggles: ['1', '2', '3'].map((key) => ({ key, label: 'choose' })),
  keys: [{ key: 's', label: 'skip' }],
};

describe('one key', () => {
  it('is taken without Enter, and the terminal is as before', async () => {
    const { input, type, outcome, printed } = await start(choice);
    expect(input.isRaw).toBe(true);
    await type('b');
    expect(await outcome).toEqual({ key: 'b', toggled: [] });
    expect(input.modes).toEqual([true, false]);
    expect(input.isPaused()).toBe(true);
    expect(input.listenerCount('data')).toBe(0);
    expect(printed()).toContain("[a-c answer, ? I don't know]");
  });

  it('is taken in capitals too, and keys that do not apply are passed over', async () => {
    const { input, type, outcome } = await start(choice);
    await type('x');
    await type('\u001b[A');
    await type('\r');
    expect(input.isRaw).toBe(true);
    await type('C');
    expect(await outcome).toEqual({ key: 'c', toggled: [] });
  });

  it('takes the first of several that come at once and leaves no other for the next question', async () => {
    const { type, outcome } = await start(choice);
    await type('ab');
    expect(await outcome).toMatchObject({ key: 'a' });
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('becomes INTERRUPTED on %s, with the terminal as before', async (_name, key) => {
    const { input, type, outcome } = await start(choice);
    await type(key);
    expect(await outcome).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
    expect(input.modes).toEqual([true, false]);
  });

  it('becomes INTERRUPTED when the terminal goes away', async () => {
    const { input, outcome } = await start(choice);
    input.end();
    expect(await outcome).toMatchObject({ code: 'INTERRUPTED' });
    expect(input.isRaw).toBe(false);
  });

  it('passes an error of the terminal on, with the terminal as before', async () => {
    const { input, outcome } = await start(choice);
    input.destroy(new Error('EIO'));
    expect(await outcome).toMatchObject({ message: 'EIO' });
    expect(input.isRaw).toBe(false);
  });
});

describe('several keys', () => {
  it('are switched on and off until Enter', async () => {
    const { type, outcome } = await start(multi);
    for (const key of ['3', '1', '2', '1', '\r']) await type(key);
    expect(await outcome).toEqual({ key: 'enter', toggled: ['2', '3'] });
  });

  it('are let go by another key', async () => {
    const { type, outcome } = await start(multi);
    for (const key of ['3', 's']) await type(key);
    expect(await outcome).toEqual({ key: 's', toggled: [] });
  });
});

describe('in plain mode', () => {
  it('a typed line takes the place of keys, and nothing is repainted in raw mode by us', async () => {
    const { type, outcome } = await start(choice, true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await type('b\r');
    expect(await outcome).toEqual({ key: 'b', toggled: [] });
  });
});

describe('a line for keys', () => {
  it('names one key, or those that are switched on', () => {
    expect(parseKeyLine(choice, ' B ')).toEqual({ key: 'b', toggled: [] });
    expect(parseKeyLine(multi, '3, 1')).toEqual({ key: 'enter', toggled: ['1', '3'] });
    expect(parseKeyLine(multi, 's')).toEqual({ key: 's', toggled: [] });
    expect(parseKeyLine(choice, 'a b')).toContain('Type one of these');
    expect(parseKeyLine(choice, '')).toContain('Type one of these');
    expect(parseKeyLine({ message: '', keys: [{ key: 'enter', label: 'next' }] }, '')).toMatchObject({ key: 'enter' });
  });

  it('shows the keys that apply', () => {
    expect(keyBar(multi)).toBe('[1-3 choose, Enter when done, s skip]');
    const keys = [
      { key: 'enter', label: 'next' },
      { key: 'space', label: 'next' },
      { key: 'q', label: 'quit' },
    ];
    expect(keyBar({ message: '', keys })).toBe('[Enter/Space next, q quit]');
  });
});
