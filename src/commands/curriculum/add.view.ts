import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { AddData } from './add.js';

const words = {
  added: 'Added',
  moved: 'Now read from its new folder:',
  removed: 'Removed',
  none: 'Known already:',
} as const;

export function viewAdd({ id, title, folder, change, current }: AddData, ui: Ui): string {
  const name = title === null ? id : `${title} (${id})`;
  const kept = change === 'removed' ? ' Your progress in it is kept; add it again to go on.' : '';
  return [paragraph(ui, `${words[change]} ${name}.${kept}`), ui.style.faint(folder), `In use: ${current}`].join('\n');
}
