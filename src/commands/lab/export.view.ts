import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { LabExportData } from './export.js';

export function viewLabExport({ folder, labs }: LabExportData, ui: Ui): string {
  if (labs.length === 0) return 'Nothing was written.';
  const lines = labs.map(({ lab, files, assisted }) =>
    paragraph(ui, `${lab}: ${files.join(', ')}${assisted ? ' (assisted)' : ''}`, 4, `  ${ui.symbols.bullet}`),
  );
  return [`${count(labs.length, 'lab')} in ${ui.style.code(folder)}`, ...lines].join('\n');
}
