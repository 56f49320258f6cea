/** From what was typed to the item that was meant. */
import type { Context } from '../context.js';
import { type Curriculum, type Item, type ItemKind, indexItems } from '../core/curriculum/model.js';
import type { Progress } from '../core/progress/progress.js';
import { nearest } from '../core/search/nearest.js';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import type { Store } from '../store/store.js';

/** What nearly every command begins with. */
export interface Study {
  readonly curriculum: Curriculum;
  readonly items: ReadonlyMap<string, Item>;
  readonly store: Store;
  readonly progress: Progress;
}

export async function openStudy(context: Context): Promise<Study> {
  const curriculum = await context.curriculum();
  const store = await context.store();
  let items: Study['items'] | undefined;
  return {
    curriculum,
    // What does not look anything up by id need not read all lists of the curriculum.
    get items() {
      items ??= indexItems(curriculum);
      return items;
    },
    store,
    progress: store.progress(),
  };
}

type ItemOf<K extends ItemKind> = Extract<Item, { kind: K }>;

/**
 * The item with this id, or an alias of it.
 * @param kinds the kinds that make sense here; left out: all.
 * @param command the words before the id, for the hint: `aisafe done`.
 * @throws AppError NOT_FOUND with the nearest ids of those kinds; USAGE when the id is of another kind.
 */
export function findItem<K extends ItemKind>(
  study: Study,
  id: string,
  command: string,
  kinds?: readonly K[],
): ItemOf<K> {
  const item = study.items.get(id);
  const wanted = (each: Item): each is ItemOf<K> => !kinds || kinds.some((kind) => kind === each.kind);
  if (item && wanted(item)) return item;
  const candidates = [...study.items].filter(([, each]) => wanted(each)).map(([name]) => name);
  const nearby = nearest(id, candidates, 3);
  const hint = nearby[0] === undefined ? `aisafe search ${quoteWord(id)}` : `${command} ${nearby[0]}`;
  if (item) {
    throw new AppError('USAGE', `“${id}” is a ${item.kind}; this takes a ${(kinds ?? []).join(' or a ')}.`, {
      hint: item.kind === 'phase' || item.kind === 'module' ? `aisafe list ${id}` : hint,
      details: { id, kind: item.kind },
    });
  }
  const others = nearby.length > 0 ? ` Did you mean ${nearby.join(', ')}?` : '';
  throw new AppError('NOT_FOUND', `There is nothing called “${id}” in “${study.curriculum.title}”.${others}`, {
    hint,
    details: { id, nearest: nearby },
  });
}
