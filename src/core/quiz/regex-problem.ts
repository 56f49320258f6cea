import { RE2JS } from 're2js';

/** What is wrong with a regular expression; undefined when nothing is. For authors' tools: it loads the engine. */
export function regexProblem(regex: string): string | undefined {
  try {
    RE2JS.compile(regex);
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('RE2JS'))
      return error.message.replace(/^error parsing regexp: /, '');
    throw error;
  }
}
