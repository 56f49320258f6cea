import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { AddData } from './add.js';

export function viewAdd({ evidence, added }: AddData, ui: Ui): string {
  const what = `${evidence.reference.type} ${evidence.text} for ${evidence.items.join(', ')} (${ui.style.code(evidence.shortId)})`;
  return paragraph(ui, added ? `${ui.style.good('Kept')}: ${what}` : `Nothing to change, it is kept already: ${what}`);
}
