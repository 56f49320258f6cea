import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';

export interface BackupInput {
  readonly output: string | undefined;
  readonly list: boolean;
}

export interface BackupEntry {
  readonly path: string;
  readonly at: string;
  readonly bytes: number;
  /** manual, daily, pre-import, pre-restore, pre-migration ... */
  readonly reason: string;
}

export interface BackupData {
  /** The backup that was made; null with `--list`. */
  readonly made: BackupEntry | null;
  readonly folder: string;
  /** Backups in the folder, newest first. */
  readonly backups: readonly BackupEntry[];
}

export async function backup(context: Context, { output, list }: BackupInput): Promise<Result<BackupData>> {
  const folder = context.paths.backups;
  if (list) {
    if (output !== undefined)
      throw new AppError('USAGE', 'Give either --list or --output, not both.', { hint: 'aisafe backup --list' });
    const backups = await context.backups();
    return {
      data: { made: null, folder, backups },
      hints: backups[0] ? [`To bring one back: aisafe restore ${quoteWord(backups[0].path)}`] : [],
    };
  }
  const store = await context.store();
  const made = store.backup('manual', output === undefined ? undefined : resolve(context.cwd, output));
  return { data: { made, folder, backups: store.backups() } };
}
