import { command, type Topic, topic } from '../../cli/command.js';
import { argument, calendarDay, flag, oneOf, option, someArguments } from '../../cli/parameters.js';
import { exportParts } from '../../core/exports/export-source.js';
import { exportFormats } from '../../exports/registry.js';
import type { BackupData, BackupInput } from './backup.js';
import type { DoctorData, DoctorInput } from './doctor.js';
import type { ExportInput, ExportOutput } from './export.js';
import type { ImportData, ImportInput } from './import.js';
import type { RestoreData, RestoreInput } from './restore.js';

const formatLines = [...exportFormats].map(([name, { summary }]) => `${name}: ${summary}.`).join('\n');

const exportCommand = command<ExportInput, ExportOutput>({
  name: 'export',
  summary: 'write out everything, for people, scripts and other programs',
  description: `${formatLines}\n\nA file that is there already is replaced, whole or not at all. The same store and day give the same bytes.`,
  schema: 'aisafe.export/1',
  parameters: {
    format: option('--format <format>', `one of ${[...exportFormats.keys()].join(', ')}`),
    output: option('-o, --output <file>', 'where to write it; - or nothing: to standard output'),
    since: option('--since <date>', 'only what happened on that day, YYYY-MM-DD, and later', calendarDay),
    what: option(
      '--what <part>',
      `one of ${exportParts.join(', ')}; what a format gives unless asked is its own`,
      oneOf(exportParts),
    ),
    notes: flag('--notes', 'put your private notes on the markdown page too'),
  },
  examples: [
    { command: 'aisafe export --format json --output aisafe.json', does: 'everything, to keep or to import elsewhere' },
    { command: 'aisafe export --format markdown --output PORTFOLIO.md', does: 'a page to publish' },
    { command: 'aisafe export --format csv --what evidence', does: 'what you can show, as a table' },
    { command: 'aisafe export --format anki --output aisafe.txt', does: 'the questions for Anki: File, Import' },
    { command: 'aisafe export --format ics --output aisafe.ics', does: 'deadlines for your calendar' },
  ],
  load: () => import('./export.js').then((module) => module.exportData),
  view: () => import('./export.view.js').then((module) => module.viewExport),
});

const importCommand = command<ImportInput, ImportData>({
  name: 'import',
  summary: 'take in what another machine exported (json or jsonl)',
  description:
    'Events are merged by their id: importing twice changes nothing more, and the order of files is no matter. A file with anything wrong in it is not imported at all. A backup comes first.',
  schema: 'aisafe.import/1',
  parameters: {
    files: someArguments('file', 'a file written by aisafe export --format json or jsonl; - for standard input'),
    dryRun: flag('-n, --dry-run', 'say what would change, and change nothing'),
  },
  examples: [
    { command: 'aisafe import laptop.json --dry-run', does: 'see what is new in it' },
    { command: 'aisafe import laptop.json desktop.jsonl', does: 'merge both' },
  ],
  load: () => import('./import.js').then((module) => module.importData),
  view: () => import('./import.view.js').then((module) => module.viewImport),
});

const backup = command<BackupInput, BackupData>({
  name: 'backup',
  summary: 'copy the store to a file and verify the copy',
  description:
    'Backups are also made by themselves: before the first change of a day, an import, a restore and an update of the store.',
  schema: 'aisafe.backup/1',
  parameters: {
    output: option('-o, --output <file>', 'a file that does not exist yet (default: a new one in the backup folder)'),
    list: flag('--list', 'show the backups there are'),
  },
  examples: [
    { command: 'aisafe backup', does: 'a copy in the backup folder' },
    { command: 'aisafe backup --list', does: 'what could be restored' },
  ],
  load: () => import('./backup.js').then((module) => module.backup),
  view: () => import('./backup.view.js').then((module) => module.viewBackup),
});

const restore = command<RestoreInput, RestoreData>({
  name: 'restore',
  summary: 'put a backup in the place of the store',
  description: 'The store that is there now is backed up first, or moved aside when it cannot be read.',
  schema: 'aisafe.restore/1',
  parameters: {
    file: argument('file', 'a backup: a path, or its name in the backup folder'),
    yes: flag('-y, --yes', 'do not ask'),
  },
  load: () => import('./restore.js').then((module) => module.restore),
  view: () => import('./restore.view.js').then((module) => module.viewRestore),
});

const doctor = command<DoctorInput, DoctorData>({
  name: 'doctor',
  summary: 'check the store, the curriculum and the surroundings',
  description: 'Exit code 1 when a check failed. It also runs when the store cannot be opened, and says why.',
  schema: 'aisafe.doctor/1',
  parameters: { fix: flag('--fix', 'mend what a disk has damaged, rebuild progress, make the files private') },
  load: () => import('./doctor.js').then((module) => module.doctor),
  view: () => import('./doctor.view.js').then((module) => module.viewDoctor),
});

export const topics: readonly Topic[] = [exportCommand, importCommand, backup, restore, doctor].map((each) =>
  topic('Your data', each),
);
