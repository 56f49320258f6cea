import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { UpdateData } from './update.js';

export function viewUpdate(data: UpdateData, ui: Ui): string {
  const versions =
    data.from === null
      ? data.to
      : data.from === data.to
        ? `${data.to}, edited`
        : `${data.from} ${ui.symbols.arrow} ${data.to}`;
  const lines = [paragraph(ui, `${ui.style.heading(data.curriculum)} ${versions}`)];
  for (const change of data.changes) {
    const former = change.formerId ? ` ${ui.style.faint(`(was ${change.formerId})`)}` : '';
    const state = change.state ? ` ${ui.style.faint(`[${change.state}]`)}` : '';
    lines.push(
      paragraph(
        ui,
        `${ui.style.strong(change.change)} ${change.title} ${ui.style.code(change.id)}${former}${state}: ${change.effect}.`,
        4,
        `  ${ui.symbols.bullet}`,
      ),
    );
  }
  if (data.changes.length === 0) lines.push('Nothing that concerns you has changed.');
  else lines.push(`${count(data.changes.length, 'task')} differ. Nothing that you did is lost.`);
  if (!data.complete)
    lines.push(
      paragraph(
        ui,
        ui.style.faint('No version was accepted before, so only tasks that you have touched could be compared.'),
      ),
    );
  lines.push(
    data.applied
      ? 'This version is now the one that later changes are compared with.'
      : ui.style.faint('Nothing was written.'),
  );
  return lines.join('\n');
}
