import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { FocusData } from './focus.js';
import { viewScores } from './scores.view.js';

export function viewFocus(data: FocusData, ui: Ui): string {
  const { recommended, decidedBy } = data;
  const blocks: string[] = [];
  if (!data.explained && recommended !== null && decidedBy !== null)
    blocks.push(viewScores({ ...data, recommended, decidedBy }, ui));
  blocks.push(paragraph(ui, sentence(data, ui)));
  return blocks.join('\n\n');
}

function sentence(data: FocusData, ui: Ui): string {
  if (data.track === null) return 'No focus: tasks of every track are offered.';
  const name = `${ui.style.strong(data.title ?? data.track)} (${ui.style.code(data.track)})`;
  const against =
    data.recommended !== null && data.recommended !== data.track
      ? ' Your answers suggested another, and the choice is yours.'
      : '';
  return `Your focus: ${name}.${against} It only decides what comes first; change it or take the questions again with ${ui.style.code('aisafe focus')}.`;
}
