import type { CommandWords } from '../context.js';
import type { Command, Topic } from './command.js';

/** The words of the command line as plain data, for shell completion. */
export function commandWords(topics: readonly Topic[]): readonly CommandWords[] {
  return topics.map((topic) => ({
    ...wordsOf(topic.command, topic.name, topic.summary),
    commands: topic.commands.map((command) => wordsOf(command, command.name, command.summary)),
  }));
}

function wordsOf(command: Command | undefined, name: string, summary: string): CommandWords {
  const parameters = Object.values(command?.parameters ?? {});
  return {
    name,
    summary,
    commands: [],
    takesArguments: parameters.some((parameter) => parameter.kind === 'argument'),
    options: parameters.flatMap((parameter) => {
      if (parameter.kind === 'argument') return [];
      const long = /--[a-z-]+/.exec(parameter.flags)?.[0];
      return long === undefined ? [] : [{ flag: long, summary: parameter.summary }];
    }),
  };
}
