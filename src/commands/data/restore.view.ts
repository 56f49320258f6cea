import { count, paragraph } from '../../ui/text.js';
import { when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { RestoreData } from './restore.js';

export function viewRestore(
  { restored, from, store, events, lastActivityAt, previous, movedAside }: RestoreData,
  ui: Ui,
): string {
  if (!restored) return paragraph(ui, 'Nothing was changed.');
  const last = lastActivityAt === null ? 'no activity yet' : `last activity ${when(ui, lastActivityAt)}`;
  const lines = [
    `${ui.style.good('Restored')} ${store} from ${from}: ${count(events ?? 0, 'event')}, ${last}.`,
    ...(previous === null ? [] : [`What was there before: ${previous}`]),
    ...(movedAside === null ? [] : [`The store could not be read and was moved to ${movedAside}`]),
  ];
  return lines.map((line) => paragraph(ui, line)).join('\n');
}
