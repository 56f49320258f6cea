import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { EvidenceEntry } from './entry.js';

/** A piece of evidence on a terminal: its id and what it points at, then faint lines about it. */
export function viewEntry(entry: EvidenceEntry, facts: readonly string[], ui: Ui): string {
  const indent = entry.shortId.length + 2;
  const { reference } = entry;
  const text = reference.type === 'url' ? ui.link(entry.text, reference.url) : entry.text;
  const lines = [paragraph(ui, `${reference.type}  ${text}`, indent, ui.style.code(entry.shortId))];
  for (const fact of facts) lines.push(paragraph(ui, fact, indent));
  return lines.join('\n');
}
