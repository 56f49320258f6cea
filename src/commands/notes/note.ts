import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type Item, titleOf } from '../../core/curriculum/model.js';
import { qualify } from '../../core/progress/progress.js';
import type { NoteState } from '../../core/progress/state.js';
import { subject } from '../../core/progress/subject.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import { newId } from '../../platform/new-id.js';
import { readLimited } from '../../platform/read-limited.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface NoteInput {
  readonly id: string | undefined;
  readonly text: readonly string[];
  readonly remove: string | undefined;
}

export interface NoteRow {
  readonly id: string;
  /** What it is about. */
  readonly item: string;
  /** Null when the curriculum no longer has the item. */
  readonly title: string | null;
  readonly text: string;
  readonly at: string;
}

export interface NoteData {
  readonly action: 'added' | 'listed' | 'removed';
  /** The item that was asked for. */
  readonly item: { readonly id: string; readonly title: string } | null;
  /** The note that was added or removed, or the notes listed, newest first. */
  readonly notes: readonly NoteRow[];
}

export async function note(context: Context, input: NoteInput): Promise<Result<NoteData>> {
  const study = await openStudy(context);
  if (input.remove !== undefined) return removeNote(study, input);
  const item = input.id === undefined ? undefined : findItem(study, input.id, 'aisafe note');
  if (!item || input.text.length === 0) return { data: listNotes(study, item) };
  return addNote(context, study, item, await readText(context, input.text));
}

/** Characters. */
const longestNote = 20_000;

async function readText(context: Context, words: readonly string[]): Promise<string> {
  const fromInput = words.length === 1 && words[0] === '-';
  const text = (fromInput ? await readInput(context) : words.join(' ')).trim();
  if (text === '') throw new AppError('BAD_VALUE', 'The note is empty.', { hint: 'aisafe note --help' });
  if (text.length > longestNote) throw tooLong();
  return text;
}

async function readInput(context: Context): Promise<string> {
  const result = await readLimited(context.host.stdin, 4 * longestNote);
  if (result.type === 'too-large') throw tooLong();
  const text = result.type === 'read' ? decode(result.bytes) : undefined;
  if (text !== undefined) return text;
  throw new AppError('DATA_INVALID', 'Standard input cannot be read as UTF-8 text.', { hint: 'aisafe note --help' });
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function tooLong(): AppError {
  return new AppError(
    'BAD_VALUE',
    `A note has at most ${longestNote.toLocaleString('en')} characters. A longer text can be kept as a file.`,
    {
      hint: 'aisafe evidence add --help',
    },
  );
}

function addNote(context: Context, study: Study, item: Item, text: string): Result<NoteData> {
  const { curriculum, store } = study;
  const id = newId(context.random, (each) => study.progress.note.has(each));
  store.append([
    {
      kind: 'note.added',
      subject: subject.note(id),
      revision: curriculum.revisions[item.id] ?? null,
      data: { item: qualify(curriculum, item.id), text },
    },
  ]);
  const added = store.progress().note.get(id);
  return { data: { action: 'added', item: named(item), notes: added ? [describeNote(study, added)] : [] } };
}

function listNotes(study: Study, item: Item | undefined): NoteData {
  const { curriculum, items, progress } = study;
  const prefix = qualify(curriculum, '');
  const isAbout = (note: NoteState) => {
    if (!note.item.startsWith(prefix)) return false;
    if (!item) return true;
    const about = items.get(note.item.slice(prefix.length));
    // Notes on the steps of a task, and on the criteria of a checkpoint, belong to it too.
    return about?.id === item.id || about?.id.startsWith(`${item.id}/`) === true;
  };
  const notes = [...progress.note.values()].filter(isAbout).sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id));
  return { action: 'listed', item: item ? named(item) : null, notes: notes.map((each) => describeNote(study, each)) };
}

function removeNote(study: Study, { id, text, remove: noteId = '' }: NoteInput): Result<NoteData> {
  if (id !== undefined || text.length > 0) {
    throw new AppError('USAGE', '--remove takes the id of a note and nothing else.', {
      hint: `aisafe note --remove ${noteId}`,
    });
  }
  const { progress, store } = study;
  const note = progress.note.get(noteId);
  if (!note) {
    const near = nearest(noteId, progress.note.keys(), 3);
    const others = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
    throw new AppError('NOT_FOUND', `There is no note “${noteId}”.${others}`, {
      hint: near[0] === undefined ? 'aisafe note' : `aisafe note --remove ${near[0]}`,
      details: { id: noteId, nearest: near },
    });
  }
  store.append([{ kind: 'note.removed', subject: subject.note(note.id), data: {} }]);
  return {
    data: { action: 'removed', item: null, notes: [describeNote(study, note)] },
    hints: ['To have it back: aisafe undo'],
  };
}

function describeNote({ curriculum, items }: Study, { id, item, text, at }: NoteState): NoteRow {
  const plain = item.slice(item.indexOf('/') + 1);
  const about = item.startsWith(qualify(curriculum, '')) ? items.get(plain) : undefined;
  return { id, item: about?.id ?? plain, title: about ? titleOf(about) : null, text, at };
}

function named(item: Item): { readonly id: string; readonly title: string } {
  return { id: item.id, title: titleOf(item) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
