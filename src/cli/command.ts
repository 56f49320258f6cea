/**
 * What a command is: data about its words, and two functions that are loaded when it is called. `run` reaches the
 * world through the context and returns data; `view` turns the same data into text for a person.
 */
import type { Context } from '../context.js';
import type { Ui } from '../ui/ui.js';
import type { Parameter } from './parameters.js';

/** What a command's `run` returns. */
export interface Result<D> {
  readonly data: D;
  /** `negative` ends in exit code 1: a check below its bar, findings, nothing left. */
  readonly outcome?: 'ok' | 'negative';
  /** Next steps for a person, one line each; they go to stderr. */
  readonly hints?: readonly string[];
  /** The result is itself a document (an export, a completion script): printed as it is instead of a view. */
  readonly document?: Iterable<string>;
  /** Name and version of the `--json` document when it is another than the command's own. */
  readonly schema?: `aisafe.${string}/${number}`;
}

export type Run<I, D> = (context: Context, input: I) => Promise<Result<D>> | Result<D>;
export type View<D> = (data: D, ui: Ui) => string;

export interface Example {
  readonly command: string;
  readonly does: string;
}

interface CommandDefinition<I, D> {
  readonly name: string;
  readonly summary: string;
  /** More than the summary says; plain paragraphs. */
  readonly description?: string;
  /** Name and version of the `--json` document, `aisafe.<command>/<version>`. */
  readonly schema: `aisafe.${string}/${number}`;
  readonly parameters: { readonly [K in keyof I]-?: Parameter<I[K]> };
  readonly examples?: readonly Example[];
  /** Words that also lead here but are not shown in help. */
  readonly synonyms?: readonly string[];
  readonly load: () => Promise<Run<I, D>>;
  readonly view: () => Promise<View<D>>;
}

/** What became of one call. */
export interface Execution {
  readonly data: unknown;
  readonly outcome: 'ok' | 'negative';
  readonly hints: readonly string[];
  readonly document: Iterable<string> | undefined;
  readonly schema: string;
  /** Text for a person, from data that has been made safe to print. */
  readonly render: (safe: <T>(data: T) => T, ui: Ui) => Promise<string>;
}

/** A command as the command line sees it, its input and data types sealed in. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly schema: string;
  readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
  readonly examples: readonly Example[];
  readonly synonyms: readonly string[];
  readonly execute: (context: Context, values: Readonly<Record<string, unknown>>) => Promise<Execution>;
}

export const helpGroups = ['Every day', 'Move a task', 'Find', 'Proof', 'Your data', 'Set up', 'For authors'] as const;
export type HelpGroup = (typeof helpGroups)[number];

/** A topic of the command line: one command, or a word with commands below it (`aisafe evidence add`). */
export interface Topic {
  readonly name: string;
  readonly group: HelpGroup;
  readonly summary: string;
  /** Runs when the word stands alone. */
  readonly command: Command | undefined;
  readonly commands: readonly Command[];
}

/** Seals a definition; the values that reach `run` are those that its own parameters parsed. */
export function command<I, D>(definition: CommandDefinition<I, D>): Command {
  return {
    name: definition.name,
    summary: definition.summary,
    description: definition.description,
    schema: definition.schema,
    parameters: definition.parameters as Readonly<Record<string, Parameter<unknown>>>,
    examples: definition.examples ?? [],
    synonyms: definition.synonyms ?? [],
    execute: async (context, values) => {
      const run = await definition.load();
      const result = await run(context, values as I);
      return {
        get data() {
          return result.data;
        },
        outcome: result.outcome ?? 'ok',
        hints: result.hints ?? [],
        document: result.document,
        schema: result.schema ?? definition.schema,
        render: async (safe, ui) => {
          const view = await definition.view();
          return view(safe(result.data), ui);
        },
      };
    },
  };
}

/** A topic that is one command: `aisafe next`. */
export function topic(group: HelpGroup, only: Command): Topic {
  return { name: only.name, group, summary: only.summary, command: only, commands: [] };
}

/** A word with commands below it. `alone` runs when nothing follows. */
export function topicOf(
  group: HelpGroup,
  name: string,
  summary: string,
  commands: readonly Command[],
  alone?: Command,
): Topic {
  return { name, group, summary, command: alone, commands };
}
