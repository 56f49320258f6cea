import { table } from '../../ui/text.js';
import { when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { EvidenceEntry } from './entry.js';
import { viewEntry } from './entry.view.js';
import type { ListData } from './list.js';

export function viewList({ item, evidence }: ListData, ui: Ui): string {
  if (!ui.tty) {
    return table(ui, evidence, [
      { title: 'id', value: (row) => row.shortId },
      { title: 'kind', value: (row) => row.reference.type },
      { title: 'reference', value: (row) => row.text },
      { title: 'items', value: (row) => row.items.join(',') },
      { title: 'state', value: stateOf },
      { title: 'added', value: (row) => row.addedAt },
      { title: 'note', value: (row) => row.note ?? '' },
    ]);
  }
  if (evidence.length === 0) return item === null ? 'No evidence yet.' : `No evidence for ${item} yet.`;
  return evidence.map((entry) => viewEntry(entry, facts(entry, ui), ui)).join('\n');
}

function stateOf({ verified }: EvidenceEntry): string {
  if (!verified) return 'unverified';
  return verified.holds ? 'holds' : 'broken';
}

function facts(entry: EvidenceEntry, ui: Ui): readonly string[] {
  const { verified, note } = entry;
  const about = ui.style.faint(`for ${entry.items.join(', ')}, added ${when(ui, entry.addedAt)}`);
  const lines = note === null ? [about] : [note, about];
  if (verified?.holds) lines.push(ui.style.faint(`holds: checked ${when(ui, verified.at)}`));
  if (verified && !verified.holds)
    lines.push(ui.style.bad(`no longer holds: ${verified.message} (${when(ui, verified.at)})`));
  return lines;
}
