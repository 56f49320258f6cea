/** What a Python file defines, by its text alone: good enough for files that follow a starter, and nothing is run. */

/** Functions and classes at the top level. */
export function definedNames(source: string): ReadonlySet<string> {
  return new Set(definitions(source).map(({ name }) => name));
}

export interface Definition {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  readonly body: string;
}

/** Functions and classes at the top level, each with the lines up to the next one. */
export function definitions(source: string): readonly Definition[] {
  const lines = source.split(/\r?\n/);
  const starts = lines.flatMap((text, index) => {
    const name = /^(?:async\s+)?(?:def|class)\s+([A-Za-z_]\w*)/.exec(text)?.[1];
    return name === undefined ? [] : [{ name, index }];
  });
  return starts.map(({ name, index }, place) => {
    const end = starts[place + 1]?.index ?? lines.length;
    return { name, line: index + 1, body: lines.slice(index, end).join('\n') };
  });
}

/** Of the functions that a lab asks for, those that the learner's file defines without a NotImplementedError in them. */
export function writtenFunctions(source: string, functions: readonly string[]): readonly string[] {
  const found = new Map(definitions(source).map((each) => [each.name, each.body]));
  return functions.filter((name) => {
    const body = found.get(name);
    return body !== undefined && !/\braise\s+NotImplementedError\b/.test(body);
  });
}
