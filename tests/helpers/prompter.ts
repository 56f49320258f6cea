import { keyBar, parseKeyLine } from '../../src/ui/ask-keys.js';
import type { Choice, Prompter } from '../../src/ui/prompter.js';

/**
 * What a scripted learner answers: a choice by (part of) its name, several of them, text, a number, yes or no, a key
 * (`enter` and `space` by name; `1 3` switches these on and presses Enter), or `interrupt` for Ctrl-C at that prompt.
 */
export type Answer = string | number | boolean | readonly string[] | typeof interrupt;

export const interrupt = Symbol('Ctrl-C');

interface Scripted {
  readonly prompter: Prompter;
  expectAllUsed(): void;
}

/** A prompter that answers from a script. A prompt beyond the script, or an answer that does not fit, fails the test. */
export function scriptedPrompter(answers: readonly Answer[]): Scripted {
  const left = [...answers];
  const take = async (message: string): Promise<Answer> => {
    if (left.length === 0) throw new Error(`unexpected prompt: ${message}`);
    const answer = left.shift() as Answer;
    if (answer === interrupt) {
      const { AppError } = await import('../../src/errors.js');
      throw new AppError('INTERRUPTED', 'Stopped. Everything answered so far is kept.');
    }
    return answer;
  };
  const find = <T>(message: string, choices: readonly Choice<T>[], answer: Answer): T => {
    const choice = choices.find((each) => each.name.includes(String(answer)));
    if (!choice)
      throw new Error(
        `“${String(answer)}” is none of the choices of “${message}”: ${choices.map((each) => each.name).join(' | ')}`,
      );
    return choice.value;
  };
  return {
    prompter: {
      choose: async (message, choices) => find(message, choices, await take(message)),
      chooseMany: async (message, choices) => {
        const answer = await take(message);
        if (!Array.isArray(answer)) throw new Error(`“${message}” takes a list of names`);
        return answer.map((each) => find(message, choices, each));
      },
      confirm: async (message) => {
        const answer = await take(message);
        if (typeof answer !== 'boolean') throw new Error(`“${message}” takes true or false, not ${String(answer)}`);
        return answer;
      },
      text: async (message, options) => {
        const answer = String(await take(message));
        const problem = options?.check?.(answer);
        if (problem) throw new Error(`“${answer}” was refused by “${message}”: ${problem}`);
        return answer;
      },
      number: async (message, { min, max }) => {
        const answer = await take(message);
        if (typeof answer !== 'number' || answer < min || answer > max)
          throw new Error(`“${message}” takes a number from ${min} to ${max}`);
        return answer;
      },
      keys: async (question) => {
        const typed = String(await take(`${question.message} ${keyBar(question)}`));
        const pressed = question.keys.find(({ key }) => key === typed);
        if (pressed) return { key: pressed.key, toggled: [] };
        const parsed = parseKeyLine(question, typed);
        if (typeof parsed === 'string') throw new Error(`“${typed}” at “${question.message}”: ${parsed}`);
        return parsed;
      },
      lines: async (message) => String(await take(message)),
    },
    expectAllUsed: () => {
      if (left.length > 0) throw new Error(`prompts that never came for: ${left.map(String).join(', ')}`);
    },
  };
}
