/** Questions that one key answers, with a bar that shows the keys that apply. */
import { type KeyInput, readKey } from './read-key.js';
import { safeText } from './safe-text.js';

export interface Key {
  /** One character in lower case, `enter` or `space`. */
  readonly key: string;
  /** What it does; neighbours with the same words share one entry of the bar. */
  readonly label: string;
}

export interface KeyQuestion {
  readonly message: string;
  readonly keys: readonly Key[];
  /** Keys that are switched on and off before Enter; `keys` must not hold `enter` then. */
  readonly toggles?: readonly Key[];
}

export interface KeyAnswer {
  readonly key: string;
  /** What is switched on, in the order of `toggles`, when the key is `enter` of a question with toggles. */
  readonly toggled: readonly string[];
}

interface KeyStreams {
  readonly input: KeyInput;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks on a terminal in raw mode. The bar goes away once a key is pressed; the question stays with what was pressed.
 * @param wrap breaks a text into lines that fit the screen.
 */
export async function askKeys(
  { input, output }: KeyStreams,
  question: KeyQuestion,
  wrap: (text: string) => string,
): Promise<KeyAnswer> {
  const { keys, toggles = [] } = question;
  const on = new Set<string>();
  const chosen = () => toggles.map(({ key }) => key).filter((key) => on.has(key));
  let lines = 0;
  const erase = () => {
    if (lines > 0) output.write(`${lines > 1 ? `\u001b[${lines - 1}A` : ''}\r\u001b[J`);
  };
  const show = (text: string) => {
    erase();
    output.write(text);
    lines = text.split('\n').length;
  };
  const paint = () => {
    const state = toggles.length > 0 ? `${question.message} ${chosen().join(' ') || '-'}` : question.message;
    show(`${wrap(safeText(state))}\n${wrap(safeText(keyBar(question)))} `);
  };
  paint();
  try {
    const key = await readKey(input, (pressed) => {
      if (toggles.some((each) => each.key === pressed)) {
        if (!on.delete(pressed)) on.add(pressed);
        paint();
        return undefined;
      }
      if (pressed === 'enter' && toggles.length > 0) return pressed;
      return keys.some((each) => each.key === pressed) ? pressed : undefined;
    });
    const toggled = key === 'enter' ? chosen() : [];
    show(
      `${wrap(safeText(`${question.message} ${toggles.length > 0 && key === 'enter' ? toggled.join(' ') || '-' : nameOf(key)}`))}\n`,
    );
    return { key, toggled };
  } catch (error) {
    output.write('\n');
    throw error;
  }
}

/** `a-d answer, ? don't know, s skip`: the keys that apply, in the order given. */
export function keyBar({ keys, toggles = [] }: KeyQuestion): string {
  const all = toggles.length > 0 ? [...toggles, { key: 'enter', label: 'when done' }, ...keys] : keys;
  const groups: { readonly names: string[]; readonly label: string }[] = [];
  for (const { key, label } of all) {
    const last = groups.at(-1);
    if (last?.label === label) last.names.push(nameOf(key));
    else groups.push({ names: [nameOf(key)], label });
  }
  return `[${groups.map(({ names, label }) => `${range(names)} ${label}`).join(', ')}]`;
}

/** The same question answered by a line of text; a sentence when the line names no key that applies. */
export function parseKeyLine(question: KeyQuestion, line: string): KeyAnswer | string {
  const { keys, toggles = [] } = question;
  const words = line
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const [first] = words;
  if (words.length > 0 && words.every((word) => toggles.some(({ key }) => key === word))) {
    return { key: 'enter', toggled: toggles.map(({ key }) => key).filter((key) => words.includes(key)) };
  }
  const pressed = first === undefined ? 'enter' : first;
  const found = words.length < 2 ? keys.find(({ key }) => key === pressed) : undefined;
  if (found) return { key: found.key, toggled: [] };
  // An empty line stands for Enter or the space bar, whichever applies.
  if (first === undefined && keys.some(({ key }) => key === 'space')) return { key: 'space', toggled: [] };
  return `Type one of these: ${keyBar(question)}`;
}

function nameOf(key: string): string {
  return key === 'enter' ? 'Enter' : key === 'space' ? 'Space' : key;
}

function range(names: readonly string[]): string {
  const [first, last] = [names[0] ?? '', names.at(-1) ?? ''];
  if (names.length < 3) return names.join('/');
  const consecutive = names.every(
    (name, index) => name.length === 1 && name.charCodeAt(0) === first.charCodeAt(0) + index,
  );
  return consecutive ? `${first}-${last}` : names.join('/');
}
