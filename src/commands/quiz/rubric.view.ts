import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';

/** The points of a rubric, numbered as they are ticked. */
export function viewRubric(points: readonly string[], ui: Ui): string {
  return points.map((point, index) => paragraph(ui, point, 5, `  ${index + 1})`)).join('\n');
}
