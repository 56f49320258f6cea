import { count, paragraph, table } from '../../ui/text.js';
import { when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { BackupData } from './backup.js';

export function viewBackup({ made, folder, backups }: BackupData, ui: Ui): string {
  if (made)
    return ui.tty
      ? paragraph(ui, `${ui.style.good('Backed up')} to ${made.path} (${count(made.bytes, 'byte')}, verified).`)
      : made.path;
  if (backups.length === 0) return paragraph(ui, `There are no backups in ${folder} yet.`);
  return table(ui, backups, [
    { title: 'Made', value: (backup) => when(ui, backup.at) },
    { title: 'Why', value: (backup) => reasons.get(backup.reason) ?? backup.reason },
    {
      title: 'Bytes',
      value: (backup) => (ui.tty ? backup.bytes.toLocaleString('en') : String(backup.bytes)),
      align: 'right',
    },
    { title: 'File', value: (backup) => backup.path },
  ]);
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['manual', 'by hand'],
  ['daily', 'once a day'],
  ['pre-import', 'before an import'],
  ['pre-restore', 'before a restore'],
  ['pre-migration', 'before an update'],
]);
