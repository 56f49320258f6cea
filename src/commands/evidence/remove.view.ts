import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { RemoveData } from './remove.js';

export function viewRemove({ evidence }: RemoveData, ui: Ui): string {
  return paragraph(ui, `Removed: ${evidence.reference.type} ${evidence.text} of ${evidence.items.join(', ')}`);
}
