/** Turns argv into the call of one command. The only importer of commander. */
import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import type { GlobalOptions } from '../context.js';
import { nearest } from '../core/search/nearest.js';
import { AppError } from '../errors.js';
import { type Command, helpGroups, type Topic } from './command.js';
import type { Parameter } from './parameters.js';

/** What argv asks for. */
export type Invocation =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'call';
      readonly command: Command;
      readonly values: Readonly<Record<string, unknown>>;
      readonly options: GlobalOptions;
    };

interface Environment {
  readonly version: string;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Parses the arguments after `node aisafe`.
 * @throws AppError UNKNOWN_COMMAND, UNKNOWN_OPTION, MISSING_ARGUMENT, BAD_VALUE or USAGE
 */
export function parseArguments(
  argv: readonly string[],
  topics: readonly Topic[],
  alone: Command,
  environment: Environment,
): Invocation {
  let invocation: Invocation | undefined;
  let help = '';
  const program = new Commander('aisafe');
  program
    .description('A study tutor for people moving into technical AI safety research.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => undefined,
      getOutHelpWidth: () => environment.columns,
      getOutHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: false, helpWidth: environment.columns })
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show help for a command')
    .commandsGroup('Other')
    .version(environment.version, '-V, --version', 'print the version')
    .enablePositionalOptions(false)
    .addHelpText('after', `\n${topLevelExamples}`);
  addGlobalOptions(program);

  const invoke = (command: Command) => (spec: Commander) => {
    invocation = {
      type: 'call',
      command,
      values: readValues(command, spec),
      options: readGlobalOptions(spec.optsWithGlobals(), environment.env),
    };
  };
  program.action(() => {
    const [word] = program.args;
    if (word !== undefined)
      throw unknownCommand(
        word,
        topics.map((topic) => topic.name),
        '',
      );
    invoke(alone)(program);
  });
  for (const group of helpGroups) {
    for (const topic of topics) if (topic.group === group) addTopic(program, topic, argv, invoke);
  }

  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return { type: 'text', text: help };
    throw usageError(error, argv, program);
  }
  if (!invocation) throw new AppError('USAGE', 'Nothing to do.', { hint: 'aisafe --help' });
  return invocation;
}

const topLevelExamples = `Examples:
  aisafe                       where you are, and what is next
  aisafe next --minutes 40     something that fits into 40 minutes
  aisafe check phase1          the self-assessment of phase 1`;

function addTopic(
  program: Commander,
  topic: Topic,
  argv: readonly string[],
  invoke: (command: Command) => (spec: Commander) => void,
): void {
  const spec = program.command(topic.name).summary(topic.summary).helpGroup(topic.group);
  for (const synonym of topic.command?.synonyms ?? []) spec.alias(synonym);
  // Parameters are built only for the word that was typed: the other commands need no more than their line of help.
  const names = [topic.name, ...(topic.command?.synonyms ?? [])];
  if (!names.some((name) => argv.includes(name))) return;
  spec.description(describe(topic.summary, topic.command?.description));
  if (topic.command) addCommand(spec, topic.command, invoke);
  else addGlobalOptions(spec);
  if (topic.commands.length === 0) return;
  for (const command of topic.commands) {
    const child = spec
      .command(command.name)
      .summary(command.summary)
      .description(describe(command.summary, command.description));
    for (const synonym of command.synonyms) child.alias(synonym);
    addCommand(child, command, invoke);
  }
  if (!topic.command) {
    spec.argument('[command]').action((word: string | undefined) => {
      const names = topic.commands.map((command) => command.name);
      if (word !== undefined) throw unknownCommand(word, names, `${topic.name} `);
      throw new AppError('MISSING_ARGUMENT', `“aisafe ${topic.name}” needs one of ${names.join(', ')}.`, {
        hint: `aisafe ${topic.name} --help`,
      });
    });
  }
}

function describe(summary: string, description: string | undefined): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return description ? `${sentence}\n\n${description}` : sentence;
}

function addCommand(spec: Commander, command: Command, invoke: (command: Command) => (spec: Commander) => void): void {
  for (const parameter of Object.values(command.parameters)) addParameter(spec, parameter);
  addGlobalOptions(spec);
  if (command.examples.length > 0) {
    const width = Math.max(...command.examples.map((example) => example.command.length));
    const lines = command.examples.map((example) => `  ${example.command.padEnd(width)}   ${example.does}`);
    spec.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
  }
  spec.action(() => invoke(command)(spec));
}

function addParameter(spec: Commander, parameter: Parameter<unknown>): void {
  switch (parameter.kind) {
    case 'argument': {
      const name = parameter.variadic ? `${parameter.name}...` : parameter.name;
      spec.argument(parameter.required ? `<${name}>` : `[${name}]`, parameter.summary);
      return;
    }
    case 'flag':
      spec.addOption(new CommanderOption(parameter.flags, parameter.summary));
      return;
    case 'option': {
      const option = new CommanderOption(parameter.flags, parameter.summary);
      if (parameter.repeatable)
        option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
      spec.addOption(option);
    }
  }
}

/** Reads the values of a command's parameters from what commander collected, and parses them. */
function readValues(command: Command, spec: Commander): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const given: Record<string, unknown> = spec.opts();
  let position = 0;
  for (const [key, parameter] of Object.entries(command.parameters)) {
    if (parameter.kind === 'argument') {
      const value: unknown = spec.processedArgs[position++];
      values[key] = parameter.variadic
        ? (value ?? [])
        : value === undefined
          ? undefined
          : parameter.parse(String(value));
      continue;
    }
    const name = new CommanderOption(parameter.flags).attributeName();
    const value = given[name];
    if (parameter.kind === 'flag') values[key] = value === true;
    else if (parameter.repeatable) values[key] = value ?? [];
    else
      values[key] =
        value === undefined
          ? undefined
          : parseOption(commandPath(spec), parameter.flags, parameter.parse, String(value));
  }
  return values;
}

function parseOption(path: string, flags: string, parse: (text: string) => unknown, value: string): unknown {
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const name = new CommanderOption(flags).long ?? flags;
    throw new AppError(error.code, `${name}: ${error.message}`, {
      hint: error.hint ?? `${path} --help`,
      details: error.details,
    });
  }
}

const globalGroup = 'Options of every command:';

function addGlobalOptions(spec: Commander): void {
  const add = (flags: string, summary: string) =>
    spec.addOption(new CommanderOption(flags, summary).helpGroup(globalGroup));
  add('--json', 'print one JSON document');
  add('--plain', 'no repainting and no box drawing; good with a screen reader');
  add('--no-color', 'no colours');
  add('--no-input', 'never ask; fail instead (exit 6)');
  add('--home <dir>', 'data folder (default: AISAFE_HOME or the system’s place for data)');
  add('--curriculum <id>', 'another curriculum than the current one');
  add('--debug', 'print a stack trace when something goes wrong');
}

function readGlobalOptions(given: Record<string, unknown>, env: Environment['env']): GlobalOptions {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const home = text(given.home);
  const curriculum = text(given.curriculum);
  return {
    json: given.json === true,
    plain: given.plain === true || (env.ACCESSIBLE !== undefined && env.ACCESSIBLE !== '' && env.ACCESSIBLE !== '0'),
    color: given.color !== false,
    input: given.input !== false,
    ...(home === undefined ? {} : { home }),
    ...(curriculum === undefined ? {} : { curriculum }),
    debug: given.debug === true,
  };
}

function unknownCommand(word: string, names: readonly string[], prefix: string): AppError {
  const suggestions = nearest(word, names, 3);
  return new AppError('UNKNOWN_COMMAND', `There is no command “${prefix}${word}”.`, {
    hint: suggestions[0] === undefined ? `aisafe ${prefix}--help` : `aisafe ${prefix}${suggestions[0]}`,
    details: { nearest: suggestions },
  });
}

function usageError(error: CommanderError, argv: readonly string[], program: Commander): AppError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const spec = findCommand(program, argv);
  const path = commandPath(spec);
  const help = `${path} --help`;
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownCommand(
        quoted,
        spec.commands.map((each) => each.name()),
        `${path} `.slice('aisafe '.length),
      );
    case 'commander.unknownOption': {
      const known = spec.options.flatMap((option) => option.long ?? []);
      const suggestions = nearest(quoted, known, 3);
      return new AppError('UNKNOWN_OPTION', `“${path}” has no option “${quoted}”.`, {
        hint: suggestions[0] === undefined ? help : `${path} ${suggestions[0]}`,
        details: { nearest: suggestions },
      });
    }
    case 'commander.missingArgument':
      return new AppError('MISSING_ARGUMENT', `“${path}” needs <${quoted}>.`, { hint: help });
    case 'commander.optionMissingArgument':
      return new AppError('MISSING_ARGUMENT', `“${quoted}” needs a value.`, { hint: help });
    case 'commander.excessArguments': {
      const words = spec.commands.map((each) => each.name());
      const [word] = spec.args;
      if (words.length > 0 && word !== undefined)
        return unknownCommand(word, words, `${path} `.slice('aisafe '.length));
      return new AppError('USAGE', `“${path}” takes fewer arguments than were given.`, { hint: help });
    }
    default:
      return new AppError('USAGE', error.message.replace(/^error: /, ''), { hint: help });
  }
}

function findCommand(program: Commander, argv: readonly string[]): Commander {
  let spec = program;
  for (const word of argv) {
    const child = spec.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (child) spec = child;
  }
  return spec;
}

function commandPath(spec: Commander): string {
  return spec.parent ? `${commandPath(spec.parent)} ${spec.name()}` : spec.name();
}
