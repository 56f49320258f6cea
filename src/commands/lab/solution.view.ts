import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { SolutionData } from './solution.js';

/** The code as it stands: lines of Python are not wrapped. */
export function viewSolution({ title, file, source, gaveUp }: SolutionData, ui: Ui): string {
  if (!ui.tty) return source;
  const head = paragraph(
    ui,
    `${ui.style.heading(title)} ${ui.style.faint(`one solution of ${file}; yours may well differ`)}`,
  );
  const note = gaveUp ? [paragraph(ui, ui.style.warning('Seen before a pass: on record as such.'))] : [];
  return [head, ...note, '', source.trimEnd()].join('\n');
}
