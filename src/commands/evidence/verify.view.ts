import { count, table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import { viewEntry } from './entry.view.js';
import type { VerifiedEntry, VerifyData } from './verify.js';

const words = { holds: 'holds', broken: 'no longer holds', unchecked: 'not checked' } as const;

export function viewVerify(data: VerifyData, ui: Ui): string {
  if (!ui.tty) {
    return table(ui, data.evidence, [
      { title: 'id', value: (row) => row.shortId },
      { title: 'status', value: (row) => row.status },
      { title: 'kind', value: (row) => row.reference.type },
      { title: 'reference', value: (row) => row.text },
      { title: 'message', value: (row) => row.message },
    ]);
  }
  if (data.evidence.length === 0) return 'There is no evidence to verify yet.';
  const order = ['broken', 'holds', 'unchecked'] as const;
  const entries = order.flatMap((status) => data.evidence.filter((entry) => entry.status === status));
  const summary = `${count(data.holds, 'piece')} of evidence ${data.holds === 1 ? 'holds' : 'hold'}, ${data.broken} no longer, ${data.unchecked} not checked.`;
  return [...entries.map((entry) => viewVerified(entry, ui)), '', summary].join('\n');
}

function viewVerified(entry: VerifiedEntry, ui: Ui): string {
  const style = { holds: ui.style.good, broken: ui.style.bad, unchecked: ui.style.faint }[entry.status];
  return viewEntry(
    entry,
    [`${style(words[entry.status])}: ${entry.message}`, ui.style.faint(`for ${entry.items.join(', ')}`)],
    ui,
  );
}
