import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { ImportFinding } from '../../core/exports/read-export.js';
import type { StoredEvent } from '../../core/progress/event.js';
import { subjectName } from '../../core/progress/subject.js';
import { chosenValue, isLocalSetting } from '../../core/settings/settings.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import type { Store, TaskChange } from '../../store/store.js';
import { createInput, type ImportedFile } from './import-input.js';
import { openImportFile } from './read-import-file.js';

export interface ImportInput {
  readonly files: readonly string[];
  readonly dryRun: boolean;
}

export interface ImportData {
  readonly dryRun: boolean;
  readonly files: readonly ImportedFile[];
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
  /** New events that say they were made on this computer: normal after a restore, and otherwise not. */
  readonly own: number;
  /**
   * Events by which this computer would trust the code of a lab, or be told which Python to run and where; they are left out, so
   * that it asks again.
   */
  readonly trustLeftOut: number;
  /** Settings that new events make for other computers, and that this one has not made. */
  readonly settingsElsewhere: readonly string[];
  readonly tasks: readonly TaskChange[];
  /** The backup that was made first; null when nothing was at risk. */
  readonly backup: string | null;
}

const dayInMillis = 86_400_000;

export async function importData(context: Context, { files, dryRun }: ImportInput): Promise<Result<ImportData>> {
  const names = [...new Set(files)];
  const input = createInput();
  for (const file of names) {
    input.add(file === '-' ? 'standard input' : file, await openImportFile(context, file));
  }
  const limit = new Date(context.clock.now().getTime() + dayInMillis).toISOString();
  let [ahead, own, trustLeftOut] = [0, 0, 0];
  const settingsMade = new Set<string>();
  const store = await context.store();
  const events = filterLazily(input.events(), (event) => {
    if (event.device !== store.device || !isForThisComputerToSay(event)) return true;
    trustLeftOut += 1;
    return false;
  });
  const report = store.merge(events, {
    onAdded: (event) => {
      if (event.at > limit) ahead += 1;
      if (event.device === store.device) own += 1;
      if (event.kind === 'setting.set') settingsMade.add(subjectName(event.subject));
    },
    // All that was read is taken back when anything in it is wrong.
    isWanted: ({ contradictions }) => !dryRun && contradictions.length === 0 && input.findings().length === 0,
  });
  const findings = [...input.findings(), ...input.describe(report.contradictions)];
  if (findings.length > 0) throw invalidFiles(findings);
  const data: ImportData = {
    dryRun,
    files: input.files(),
    read: report.distinct,
    added: report.added,
    known: report.distinct - report.added - report.conflicts.length,
    conflicts: [...report.conflicts].sort(),
    unknownKinds: report.unknownKinds,
    ahead,
    own,
    trustLeftOut,
    settingsElsewhere: [...settingsMade].filter((key) => isLocalSetting(key) && isUnset(store, key)).sort(),
    tasks: report.tasks,
    backup: report.backup?.path ?? null,
  };
  return { data, hints: hintsFor(data, files) };
}

function isUnset(store: Store, key: string): boolean {
  return chosenValue(store.progress().setting, key, store.device) === undefined;
}

/** Which code it may run, with which Python and where: no file says so, whoever it claims to be from. */
function isForThisComputerToSay({ kind, subject }: StoredEvent): boolean {
  if (kind === 'lab.trusted') return true;
  return kind === 'setting.set' && isLocalSetting(subjectName(subject));
}

function* filterLazily<T>(values: Iterable<T>, isWanted: (value: T) => boolean): Generator<T> {
  for (const value of values) if (isWanted(value)) yield value;
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
