/** The only way to ask a person something. Questions go to stderr; Ctrl-C becomes AppError INTERRUPTED. */
import { AppError } from '../errors.js';
import { askKeys, type KeyAnswer, type KeyQuestion, keyBar, parseKeyLine } from './ask-keys.js';
import { type KeyInput, readsKeys } from './read-key.js';
import { safeText } from './safe-text.js';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** Shown while the choice is highlighted. */
  readonly description?: string;
}

export interface Prompter {
  /** One of several. */
  choose<T>(message: string, choices: readonly Choice<T>[], preset?: T): Promise<T>;
  /** Any number of several. */
  chooseMany<T>(message: string, choices: readonly Choice<T>[], preset?: readonly T[]): Promise<readonly T[]>;
  confirm(message: string, preset: boolean): Promise<boolean>;
  /** A line of text; `check` returns a sentence when the text will not do. */
  text(
    message: string,
    options?: { readonly preset?: string; readonly check?: (text: string) => string | undefined },
  ): Promise<string>;
  /** A number within bounds, both included. */
  number(
    message: string,
    bounds: { readonly min: number; readonly max: number; readonly preset?: number },
  ): Promise<number>;
  /** One key, without Enter; a typed line where single keys cannot be read. */
  keys(question: KeyQuestion): Promise<KeyAnswer>;
  /** Several lines of text; an empty line ends them, and so does a first line that `isWhole` takes for all of it. */
  lines(message: string, isWhole?: (first: string) => boolean): Promise<string>;
}

interface PrompterStreams {
  readonly input: KeyInput;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
}

/**
 * A prompter on a terminal.
 * @param plain numbered choices and typed lines instead of anything that repaints, for screen readers.
 */
export async function terminalPrompter(streams: PrompterStreams, plain: boolean): Promise<Prompter> {
  const { default: wrapAnsi } = await import('wrap-ansi');
  const columns = Math.max(20, (streams.output.columns ?? 80) - 1);
  // Questions and choices stand behind a mark of up to three columns.
  const wrapped = (text: string) => wrapAnsi(safeText(text), columns - 4);

  const ask = async <T>(question: Record<string, unknown>): Promise<T> => {
    // Slow to load, and a review that is answered key by key never needs it.
    const { default: inquirer } = await import('inquirer');
    const prompt = inquirer.createPromptModule(streams);
    try {
      const answers: Record<string, unknown> = await prompt([{ ...question, name: 'answer' } as never]);
      return answers.answer as T;
    } catch (error) {
      if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')) {
        throw new AppError('INTERRUPTED', 'Stopped. Everything answered so far is kept.', { cause: error });
      }
      throw error;
    }
  };

  const listed = <T>(message: string, choices: readonly Choice<T>[]) =>
    choices.map((choice, index) => ({
      value: index,
      name: wrapped(choice.name).replaceAll('\n', '\n    '),
      short: brief(safeText(choice.name), columns - message.length - 4),
      ...(choice.description === undefined ? {} : { description: wrapped(choice.description) }),
    }));
  const pick = <T>(choices: readonly Choice<T>[], index: number): T => {
    const choice = choices[index];
    if (!choice) throw new RangeError(`no choice at ${index}`);
    return choice.value;
  };

  const line = (message: string, check?: (text: string) => string | undefined) =>
    ask<string>({ type: 'input', message: safeText(message), validate: (text: string) => check?.(text) ?? true });

  return {
    async choose(message, choices, preset) {
      const presetIndex = choices.findIndex((choice) => choice.value === preset);
      const index = await ask<number>({
        type: plain ? 'rawlist' : 'select',
        message: wrapped(message),
        choices: listed(message, choices),
        loop: false,
        pageSize: 12,
        ...(presetIndex < 0 ? {} : { default: presetIndex }),
      });
      return pick(choices, index);
    },
    async chooseMany(message, choices, preset = []) {
      if (plain) return chooseManyByNumber(ask, message, choices, preset);
      const checked = new Set(preset);
      const indices = await ask<readonly number[]>({
        type: 'checkbox',
        message: wrapped(message),
        choices: listed(message, choices).map((choice) => ({
          ...choice,
          checked: checked.has(pick(choices, choice.value)),
        })),
        loop: false,
        pageSize: 12,
      });
      return indices.map((index) => pick(choices, index));
    },
    confirm: (message, preset) => ask<boolean>({ type: 'confirm', message: safeText(message), default: preset }),
    text: (message, { preset, check } = {}) =>
      ask<string>({
        type: 'input',
        message: wrapped(message),
        ...(preset === undefined ? {} : { default: preset }),
        validate: (text: string) => check?.(text) ?? true,
      }),
    number: (message, { min, max, preset }) =>
      ask<number>({
        type: 'number',
        message: safeText(message),
        min,
        max,
        required: true,
        ...(preset === undefined ? {} : { default: preset }),
      }),
    async keys(question) {
      if (!plain && readsKeys(streams.input)) return askKeys(streams, question, (text) => wrapAnsi(text, columns));
      const parse = (text: string) => parseKeyLine(question, text);
      const typed = await line(`${question.message}\n${keyBar(question)}`, (text) => {
        const parsed = parse(text);
        return typeof parsed === 'string' ? parsed : undefined;
      });
      const answer = parse(typed);
      if (typeof answer === 'string') throw new RangeError(answer);
      return answer;
    },
    async lines(message, isWhole) {
      const lines: string[] = [];
      for (;;) {
        const next = await line(lines.length === 0 ? message : ' ');
        if (next.trim() === '') return lines.join('\n');
        lines.push(next);
        if (lines.length === 1 && isWhole?.(next)) return next;
      }
    },
  };
}

/** What stands behind the question once it is answered, on the same line when there is room. */
function brief(name: string, room: number): string {
  const most = Math.max(24, room);
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

async function chooseManyByNumber<T>(
  ask: <A>(question: Record<string, unknown>) => Promise<A>,
  message: string,
  choices: readonly Choice<T>[],
  preset: readonly T[],
): Promise<readonly T[]> {
  const list = choices.map((choice, index) => `  ${index + 1}) ${safeText(choice.name)}`).join('\n');
  const presetNumbers = choices.flatMap((choice, index) => (preset.includes(choice.value) ? [index + 1] : []));
  const parse = (text: string) =>
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
  const answer = await ask<string>({
    type: 'input',
    message: `${safeText(message)}\n${list}\n  Numbers, separated by spaces; nothing for none:`,
    default: presetNumbers.join(' '),
    validate: (text: string) =>
      parse(text).every((number) => Number.isInteger(number) && number >= 1 && number <= choices.length) ||
      `Numbers from 1 to ${choices.length}, separated by spaces.`,
  });
  return parse(answer).flatMap((number) => choices[number - 1]?.value ?? []);
}
