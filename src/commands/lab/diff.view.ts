import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { DiffData } from './diff.js';

/** As `diff -u` writes it: - yours, + the solution. */
export function viewDiff({ title, file, groups }: DiffData, ui: Ui): string {
  if (groups.length === 0) return paragraph(ui, 'Line for line the same as the solution.');
  const hunks = groups.map((lines) => {
    const left = lines.find((line) => line.left !== null)?.left ?? 1;
    const right = lines.find((line) => line.right !== null)?.right ?? 1;
    const body = lines.map(({ side, text }) => {
      if (side === 'left') return ui.style.bad(`-${text}`);
      return side === 'right' ? ui.style.good(`+${text}`) : ` ${text}`;
    });
    return [ui.style.faint(`@@ line ${left}, solution line ${right} @@`), ...body].join('\n');
  });
  const head = paragraph(ui, `${ui.style.heading(title)} ${ui.style.faint('- yours, + the solution')}`);
  return [head, ui.style.faint(file), ...hunks].join('\n');
}
