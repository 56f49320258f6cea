import { paragraph, table } from '../../ui/text.js';
import { when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { NoteData, NoteRow } from './note.js';

export function viewNote(data: NoteData, ui: Ui): string {
  if (data.action === 'listed') return viewList(data, ui);
  const [note] = data.notes;
  if (!note) return '';
  if (!ui.tty) return note.id;
  return `${data.action === 'added' ? 'Noted on' : 'Removed from'} ${ui.style.code(note.item)}:\n${viewText(note, ui)}`;
}

function viewList({ item, notes }: NoteData, ui: Ui): string {
  if (!ui.tty) {
    return table(ui, notes, [
      { title: 'id', value: (row) => row.id },
      { title: 'at', value: (row) => row.at },
      { title: 'item', value: (row) => row.item },
      { title: 'text', value: (row) => row.text },
    ]);
  }
  if (notes.length === 0)
    return item ? paragraph(ui, `No notes on ${ui.style.strong(item.title)} yet.`) : 'No notes yet.';
  return notes.map((note) => viewRow(note, ui, item?.id)).join('\n\n');
}

function viewRow(note: NoteRow, ui: Ui, shown: string | undefined): string {
  const about = note.item === shown ? '' : `${ui.style.strong(note.title ?? note.item)} ${ui.symbols.bullet} `;
  return `${paragraph(ui, `${about}${when(ui, note.at)} ${ui.symbols.bullet} ${ui.style.code(note.id)}`)}\n${viewText(note, ui)}`;
}

function viewText(note: NoteRow, ui: Ui): string {
  return note.text
    .split('\n')
    .map((line) => paragraph(ui, line, 2))
    .join('\n');
}
