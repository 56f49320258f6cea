import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Progress } from '../../core/progress/progress.js';
import { type FindableEntry, type FindableSort, type Note, noteEntries } from '../../core/search/entries.js';
import { excerpt } from '../../core/search/excerpt.js';
import { type Hit, searchIndex } from '../../core/search/search.js';
import { filterIndex, indexEntries, joinIndices } from '../../core/search/search-index.js';
import type { SearchKind } from '../../core/search/search-kinds.js';
import { suggestQueries } from '../../core/search/suggest.js';
import { quoteWord } from '../../core/text/quote-word.js';

export interface SearchInput {
  readonly text: readonly string[];
  readonly kind: SearchKind | undefined;
  readonly limit: number | undefined;
}

export interface SearchRow {
  readonly kind: SearchKind;
  readonly id: string;
  readonly title: string;
  readonly score: number;
  /** The field that matches best. */
  readonly field: string;
  /** The words around the match; null when the title says it. */
  readonly excerpt: string | null;
  readonly superseded: boolean;
  /** The item that a note is about. */
  readonly about: string | null;
}

export interface SearchData {
  readonly query: string;
  readonly kind: SearchKind | null;
  readonly total: number;
  /** Best first. */
  readonly results: readonly SearchRow[];
  /** Other words that find something, when these found nothing. */
  readonly suggestions: readonly string[];
}

const defaultLimit = 20;

export async function search(context: Context, input: SearchInput): Promise<Result<SearchData>> {
  const texts = await context.texts();
  const query = input.text.join(' ').trim();
  const notes = notesOf((await context.store()).progress(), texts.curriculum);
  const everything = joinIndices(texts.index, indexEntries(noteEntries(notes)));
  const isWanted = ({ kind }: FindableSort) => kind === input.kind;
  const index = input.kind === undefined ? everything : filterIndex(everything, isWanted);
  const { total, best } = searchIndex(index, query, input.limit ?? defaultLimit);
  const data = {
    query,
    kind: input.kind ?? null,
    total,
    results: best.map((hit) => describeHit(hit, index.entry(hit.place))),
    suggestions: total === 0 ? suggestQueries(index, query, 3) : [],
  };
  if (total > 0) return { data, hints: moreHints(data, input) };
  return {
    data,
    outcome: 'negative',
    hints: [`Nothing matches “${query}”.`, ...data.suggestions.map((text) => `Try: ${commandFor(text, input)}`)],
  };
}

function moreHints({ total, results, query }: SearchData, input: SearchInput): readonly string[] {
  return total > results.length ? [`${total - results.length} more: ${commandFor(query, input)} --limit ${total}`] : [];
}

function commandFor(query: string, { kind }: SearchInput): string {
  const words = query.split(/\s+/).map(quoteWord).join(' ');
  return `aisafe search ${words}${kind === undefined ? '' : ` --kind ${kind}`}`;
}

function notesOf(progress: Progress, curriculum: string): readonly Note[] {
  const prefix = `${curriculum}/`;
  return [...progress.note.values()]
    .filter(({ item }) => item.startsWith(prefix))
    .map((note) => ({ ...note, about: note.item.slice(prefix.length) }));
}

function describeHit({ score, field, word }: Hit, { id, title, sort, about, texts }: FindableEntry): SearchRow {
  const name = sort.fields[field]?.name ?? '';
  const text = name === 'title' || name === 'id' ? title : (texts()[field] ?? '');
  return {
    kind: sort.kind,
    id,
    title,
    score,
    field: name,
    excerpt: text === title ? null : excerpt(text, word),
    superseded: sort.superseded ?? false,
    about: about ?? null,
  };
}
