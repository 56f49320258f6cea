import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type SearchEntry, searchEntries } from '../../core/search/entries.js';
import { excerpt } from '../../core/search/excerpt.js';
import { type Hit, search as searchIn } from '../../core/search/search.js';
import type { SearchKind } from '../../core/search/search-kinds.js';
import { suggestQueries } from '../../core/search/suggest.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { openStudy, type Study } from '../lookup.js';

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
  const study = await openStudy(context);
  const query = input.text.join(' ').trim();
  const entries = searchEntries(study.curriculum, notesOf(study)).filter(
    ({ kind }) => input.kind === undefined || kind === input.kind,
  );
  const hits = searchIn(entries, query);
  const data = {
    query,
    kind: input.kind ?? null,
    total: hits.length,
    results: hits.slice(0, input.limit ?? defaultLimit).map(describeHit),
    suggestions: hits.length === 0 ? suggestQueries(entries, query, 3) : [],
  };
  if (hits.length > 0) return { data, hints: moreHints(data, input) };
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

function notesOf({ curriculum, progress }: Study) {
  const prefix = `${curriculum.id}/`;
  return [...progress.note.values()]
    .filter(({ item }) => item.startsWith(prefix))
    .map((note) => ({ ...note, about: note.item.slice(prefix.length) }));
}

function describeHit({ entry, score, field, word }: Hit<SearchEntry>): SearchRow {
  return {
    kind: entry.kind,
    id: entry.id,
    title: entry.title,
    score,
    field: field.name,
    excerpt:
      field.name === 'title' || field.name === 'id' || field.text === entry.title ? null : excerpt(field.text, word),
    superseded: entry.superseded ?? false,
    about: entry.about ?? null,
  };
}
