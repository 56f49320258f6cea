import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ResetData } from './reset.js';

export function viewReset({ title, file, copies, countsUnaided, command }: ResetData, ui: Ui): string {
  const kept = copies.length === 0 ? '' : ` What was there is kept as ${copies.join(', ')}.`;
  const lines = [paragraph(ui, `${ui.style.good('A fresh start')}: ${title}.${kept}`), `  ${ui.style.code(file)}`];
  if (!countsUnaided) {
    lines.push(paragraph(ui, 'You saw the solution today: a pass counts as unaided from tomorrow’s study day on.'));
  }
  return [...lines, `  ${ui.style.code(command)}`].join('\n');
}
