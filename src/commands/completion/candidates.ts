import type { Result } from '../../cli/command.js';
import type { CommandWords, Context } from '../../context.js';
import { titleOf } from '../../core/curriculum/model.js';
import { openStudy } from '../lookup.js';

export interface CandidatesInput {
  readonly words: readonly string[];
}

export interface CandidatesData {
  readonly candidates: readonly { readonly word: string; readonly meaning: string }[];
}

export async function candidates(context: Context, { words }: CandidatesInput): Promise<Result<CandidatesData>> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1).filter((word) => !word.startsWith('-'));
  let level: readonly CommandWords[] = await context.commands();
  let command: CommandWords | undefined;
  for (const word of before) {
    const found = level.find((each) => each.name === word);
    if (!found) break;
    command = found;
    level = found.commands;
  }
  const possible = await possibleWords(context, command, level, typed);
  return { data: { candidates: possible.filter(({ word }) => word.startsWith(typed)) } };
}

async function possibleWords(
  context: Context,
  command: CommandWords | undefined,
  level: readonly CommandWords[],
  typed: string,
): Promise<CandidatesData['candidates']> {
  if (typed.startsWith('-'))
    return (command?.options ?? []).map(({ flag, summary }) => ({ word: flag, meaning: summary }));
  if (level.length > 0) return level.map(({ name, summary }) => ({ word: name, meaning: summary }));
  if (!command?.takesArguments) return [];
  // An unreadable curriculum must not print errors into the learner's prompt: no candidates then.
  const study = await openStudy(context).catch(() => undefined);
  return [...(study?.items ?? [])].map(([id, item]) => ({ word: id, meaning: titleOf(item) }));
}
