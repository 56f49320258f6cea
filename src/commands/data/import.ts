import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import {
  findContradictions,
  type MergePreview,
  previewMerge,
  type TaskChange,
} from '../../core/exports/preview-merge.js';
import { type ImportFinding, type ReadExport, readExport } from '../../core/exports/read-export.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { readImportFile } from './read-import-file.js';

export interface ImportInput {
  readonly files: readonly string[];
  readonly dryRun: boolean;
}

export interface ImportData {
  readonly dryRun: boolean;
  readonly files: readonly { readonly file: string; readonly format: 'json' | 'jsonl'; readonly events: number }[];
  /** Different events in the files. */
  readonly read: number;
  /** Events that were new here. */
  readonly added: number;
  /** Events that were here already. */
  readonly known: number;
  /** Ids that are here with other content; what is here was kept. */
  readonly conflicts: readonly string[];
  /** New events of kinds that this version does not know, by kind: kept, not applied. */
  readonly unknownKinds: Readonly<Record<string, number>>;
  /** New events that are dated more than a day ahead of the clock. */
  readonly ahead: number;
  readonly tasks: readonly TaskChange[];
  /** The backup that was made first; null when nothing was at risk. */
  readonly backup: string | null;
}

const dayInMillis = 86_400_000;

export async function importData(context: Context, { files, dryRun }: ImportInput): Promise<Result<ImportData>> {
  const reads: { readonly file: string; readonly read: ReadExport }[] = [];
  for (const file of new Set(files)) {
    const name = file === '-' ? 'standard input' : file;
    reads.push({ file: name, read: readExport(name, await readImportFile(context, file)) });
  }
  const events = reads.flatMap(({ read }) => read.events);
  const findings = [...reads.flatMap(({ read }) => read.findings), ...findContradictions(events)];
  if (findings.length > 0) throw invalidFiles(findings);

  const store = await context.store();
  const preview = previewMerge(
    [...store.events()],
    events.map(({ event }) => event),
  );
  const before = new Set(store.backups().map((backup) => backup.path));
  if (!dryRun && preview.fresh.length > 0) store.merge(preview.fresh);
  const made = dryRun ? undefined : store.backups().find((backup) => !before.has(backup.path));
  const data: ImportData = {
    dryRun,
    files: reads.flatMap(({ file, read }) =>
      read.format === null ? [] : [{ file, format: read.format, events: read.events.length }],
    ),
    read: preview.fresh.length + preview.known + preview.conflicts.length,
    added: preview.fresh.length,
    known: preview.known,
    conflicts: preview.conflicts,
    unknownKinds: preview.unknownKinds,
    ahead: countAhead(preview, new Date(context.clock.now().getTime() + dayInMillis)),
    tasks: preview.tasks,
    backup: made?.path ?? null,
  };
  return { data, hints: hintsFor(data, files) };
}

function countAhead({ fresh }: MergePreview, limit: Date): number {
  return fresh.filter((event) => event.at > limit.toISOString()).length;
}

function hintsFor(data: ImportData, files: readonly string[]): readonly string[] {
  if (data.dryRun)
    return data.added > 0 ? [`Nothing was changed. To do it: aisafe import ${files.map(quoteWord).join(' ')}`] : [];
  return data.backup === null ? [] : [`To go back to the time before: aisafe restore ${quoteWord(data.backup)}`];
}

/** How many findings the message lists; the details have them all. */
const mostListed = 20;

function invalidFiles(findings: readonly ImportFinding[]): AppError {
  const lines = findings.slice(0, mostListed).map(({ file, line, message }) => `${file}:${line} ${message}`);
  const more = findings.length > mostListed ? [`and ${findings.length - mostListed} more`] : [];
  return new AppError('DATA_INVALID', ['Nothing was imported.', ...lines, ...more].join('\n'), {
    hint: 'Export again on the other machine: aisafe export --format jsonl --output aisafe.jsonl',
    details: { findings },
  });
}
