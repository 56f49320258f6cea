import { paragraph } from '../../ui/text.js';
import { when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { UndoData } from './undo.js';

export function viewUndo({ undone, actions }: UndoData, ui: Ui): string {
  if (actions.length === 0) return 'No action is on record yet.';
  return actions
    .map(({ at, here, what }, index) => {
      const place = here ? '' : ', on another computer';
      const lead = undone ? 'Took back:' : `${index + 1}.`;
      return paragraph(ui, `${what.join('; ')} ${ui.style.faint(`(${when(ui, at)}${place})`)}`, lead.length + 1, lead);
    })
    .join('\n');
}
