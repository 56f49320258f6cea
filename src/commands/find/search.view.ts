import { count, paragraph, table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { SearchData, SearchRow } from './search.js';

export function viewSearch(data: SearchData, ui: Ui): string {
  if (data.results.length === 0) return '';
  if (!ui.tty) {
    return table(ui, data.results, [
      { title: 'kind', value: (row) => row.kind },
      { title: 'id', value: (row) => row.id },
      { title: 'title', value: (row) => row.title },
      { title: 'excerpt', value: (row) => row.excerpt ?? '' },
    ]);
  }
  const shown = data.results.length;
  const total =
    shown < data.total ? `${shown} of ${count(data.total, 'match', 'matches')}` : count(shown, 'match', 'matches');
  return `${data.results.map((row) => viewRow(row, ui)).join('\n')}\n\n${ui.style.faint(`${total}.`)} Read one: ${ui.style.code('aisafe show ID')}`;
}

function viewRow(row: SearchRow, ui: Ui): string {
  const about = row.about === null ? '' : ` on ${row.about}`;
  const superseded = row.superseded ? ` ${ui.style.warning('(superseded)')}` : '';
  const kind = ui.style.faint(`${row.kind}${about}`);
  const lines = [
    paragraph(ui, `${ui.style.strong(row.title)}${superseded}`),
    paragraph(ui, `${kind} ${ui.symbols.bullet} ${ui.style.code(row.id)}`, 2),
  ];
  if (row.excerpt !== null) lines.push(paragraph(ui, ui.style.faint(row.excerpt), 2));
  return lines.join('\n');
}
