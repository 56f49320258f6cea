import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ExportOutput } from './export.js';

export function viewExport(data: ExportOutput, ui: Ui): string {
  // What goes to standard output is printed as it is and never comes here.
  if (!('files' in data)) return '';
  if (!ui.tty) return data.files.map(({ path, bytes }) => `${path}\t${bytes}`).join('\n');
  return data.files
    .map(({ path, bytes }) => paragraph(ui, `${ui.style.good('Wrote')} ${path} (${count(bytes, 'byte')}).`))
    .join('\n');
}
