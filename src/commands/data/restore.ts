import { basename, join, resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { pathKind } from '../../platform/path-kind.js';

export interface RestoreInput {
  readonly file: string;
  readonly yes: boolean;
}

export interface RestoreData {
  /** False when the answer was no. */
  readonly restored: boolean;
  readonly from: string;
  readonly store: string;
  /** Events in the store now. */
  readonly events: number | null;
  /** When the last of them happened. */
  readonly lastActivityAt: string | null;
  /** The backup of what was there before. */
  readonly previous: string | null;
  /** Where a store that could not be read was moved. */
  readonly movedAside: string | null;
}

export async function restore(context: Context, { file, yes }: RestoreInput): Promise<Result<RestoreData>> {
  const from = await findBackup(context, file);
  const { store } = context.paths;
  if (!yes) {
    const prompter = await context.prompter(`aisafe restore ${quoteWord(file)} --yes`);
    const question = `Put ${from} in the place of the store at ${store}? What is there now is kept as a backup.`;
    if (!(await prompter.confirm(question, false))) {
      const nothing = { events: null, lastActivityAt: null, previous: null, movedAside: null };
      return { data: { restored: false, from, store, ...nothing }, outcome: 'negative' };
    }
  }
  const report = await context.restoreStore(from);
  const previous = report.previous?.path ?? null;
  return {
    data: {
      restored: true,
      from,
      store,
      events: report.events,
      lastActivityAt: await lastActivity(context),
      previous,
      movedAside: report.movedAside ?? null,
    },
    hints: previous === null ? [] : [`To go back: aisafe restore ${quoteWord(previous)}`],
  };
}

/** A path, or the bare name of a backup in the backup folder. */
async function findBackup(context: Context, file: string): Promise<string> {
  const path = resolve(context.cwd, file);
  const inFolder = join(context.paths.backups, file);
  if (basename(file) === file && (await pathKind(path)) === undefined && (await pathKind(inFolder)) === 'file')
    return inFolder;
  if ((await pathKind(path)) !== undefined) return path;
  const [newest] = await context.backups();
  throw new AppError('FILE_NOT_FOUND', `There is no file ${path}.`, {
    hint: newest ? `aisafe restore ${quoteWord(newest.path)}` : 'aisafe backup --list',
  });
}

/** Opens the restored store, which also brings an old one up to date. */
async function lastActivity(context: Context): Promise<string | null> {
  const store = await context.store();
  const [last] = store.actions(1);
  return last?.events.at(-1)?.at ?? null;
}
