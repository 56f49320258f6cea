import { count, paragraph, table } from '../../ui/text.js';
import { calendarDate, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ResourceRow, ResourcesData } from './resources.js';

/** From this many on, one line each. */
const manyRows = 25;
/** Up to this many, with their notes. */
const fewRows = 3;

export function viewResources(data: ResourcesData, ui: Ui): string {
  if (data.resources.length === 0) return '';
  if (!ui.tty) return viewTable(data.resources, ui);
  const rows = data.resources.length >= manyRows ? viewLines : viewEntries;
  const body = data.query === null ? groupByPhase(data, ui, rows) : rows(data.resources, ui);
  const shown = data.resources.length;
  const total = shown < data.total ? `${shown} of ${count(data.total, 'resource')}` : count(shown, 'resource');
  return `${body}\n\n${ui.style.faint(`${total}.`)} Open one: ${ui.style.code('aisafe open ID')}`;
}

function groupByPhase(
  data: ResourcesData,
  ui: Ui,
  rows: (resources: readonly ResourceRow[], ui: Ui) => string,
): string {
  const groups = [
    ...data.phases.map(({ id, title }) => ({ title, rows: data.resources.filter(({ phases }) => phases[0] === id) })),
    {
      title: 'Any phase',
      rows: data.resources.filter(({ phases }) => !data.phases.some(({ id }) => id === phases[0])),
    },
  ];
  return groups
    .filter((group) => group.rows.length > 0)
    .map((group) => `${ui.style.heading(group.title)}\n${rows(group.rows, ui)}`)
    .join('\n\n');
}

function viewTable(rows: readonly ResourceRow[], ui: Ui): string {
  return table(ui, rows, [
    { title: 'id', value: (row) => row.id },
    { title: 'title', value: (row) => row.title },
    { title: 'by', value: (row) => row.by },
    { title: 'year', value: (row) => String(row.year ?? '') },
    { title: 'type', value: (row) => row.type },
    { title: 'minutes', value: (row) => row.minutes?.join('-') ?? '' },
    { title: 'cost', value: (row) => row.cost },
    { title: 'status', value: (row) => row.status },
    { title: 'url', value: (row) => row.url },
  ]);
}

/** Narrower than this, most titles would have to be cut to stand beside the id. */
const narrow = 110;

function viewLines(rows: readonly ResourceRow[], ui: Ui): string {
  if (ui.width < narrow) return rows.map((row) => viewTwoLines(row, ui)).join('\n');
  return table(ui, rows, [
    { title: 'id', value: (row) => row.id, style: ui.style.code },
    { title: 'title', value: (row) => row.title, flexible: true },
    { title: 'type', value: (row) => row.type },
    { title: 'time', value: (row) => (row.minutes ? spanRange(row.minutes) : ''), align: 'right' },
  ]);
}

function viewTwoLines({ title, id, type, minutes }: ResourceRow, ui: Ui): string {
  const facts = [ui.style.code(id), type, ...(minutes ? [spanRange(minutes)] : [])];
  return `${paragraph(ui, title, 2)}\n${paragraph(ui, facts.join(` ${ui.symbols.bullet} `), 4)}`;
}

function viewEntries(rows: readonly ResourceRow[], ui: Ui): string {
  const withNote = rows.length <= fewRows;
  return rows.map((row) => viewEntry(row, ui, withNote)).join('\n');
}

function viewEntry(row: ResourceRow, ui: Ui, withNote: boolean): string {
  const facts = [
    ui.style.code(row.id),
    row.year === null ? row.by : `${row.by}, ${row.year}`,
    row.type,
    ...(row.minutes ? [spanRange(row.minutes)] : []),
    ...(row.cost === 'free' ? [] : [row.cost === 'paid' ? 'paid' : 'partly paid']),
  ];
  const lines = [
    paragraph(ui, ui.link(ui.style.strong(row.title), row.url), 2),
    paragraph(ui, facts.join(` ${ui.symbols.bullet} `), 4),
  ];
  const { supersededBy } = row;
  if (supersededBy)
    lines.push(
      paragraph(ui, `${ui.style.warning('Superseded by')} ${supersededBy.title} ${ui.style.code(supersededBy.id)}`, 4),
    );
  else if (row.status === 'superseded') lines.push(paragraph(ui, ui.style.warning('Superseded'), 4));
  else if (row.status === 'partly-superseded') lines.push(paragraph(ui, ui.style.warning('Partly out of date'), 4));
  if (withNote && row.note) lines.push(paragraph(ui, row.note, 4));
  if (withNote && row.checked)
    lines.push(paragraph(ui, ui.style.faint(`Address last seen on ${calendarDate(ui, row.checked)}`), 4));
  return lines.join('\n');
}
