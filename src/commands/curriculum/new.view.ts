import { quoteWord } from '../../core/text/quote-word.js';
import type { Ui } from '../../ui/ui.js';
import type { NewData } from './new.js';

export function viewNew({ folder, files }: NewData, ui: Ui): string {
  return [
    `Written to ${folder}:`,
    ...files.map((file) => `  ${file}`),
    '',
    'Edit the files, then check them and try them out:',
    `  ${ui.style.code(`aisafe curriculum lint ${quoteWord(folder)}`)}`,
    `  ${ui.style.code(`aisafe curriculum add ${quoteWord(folder)} --use`)}`,
  ].join('\n');
}
