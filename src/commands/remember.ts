/** Answers that are worked out once, until something they follow from changes. */
import type { Context } from '../context.js';
import type { Curriculum, QuestionBank } from '../core/curriculum/model.js';
import type { Store } from '../store/store.js';
import { build } from '../version.js';

export interface Remembered {
  readonly curriculum: Curriculum;
  readonly store: Store;
  /** Those that count in it; left out: none do. */
  readonly bank?: QuestionBank | undefined;
  readonly name: string;
  /** What it was asked with. */
  readonly input: object;
}

/**
 * The same as `compute()`, which must follow from the history, the curriculum, the study day, the input and nothing else,
 * and give what JSON can say. What was worked out earlier is taken while none of these has changed; a new event, an
 * edited file, another day or another build of the program makes it anew.
 */
export async function remember<T>(
  context: Context,
  { curriculum, store, bank, name, input }: Remembered,
  compute: () => T | Promise<T>,
): Promise<T> {
  const from = {
    moment: `${build} ${context.today()} ${store.historyVersion()}`,
    content: [curriculum.id, curriculum.revision, bank?.revision].join(' '),
  };
  const call = `${name} ${JSON.stringify(input)}`;
  const known = store.derived.read(call, from);
  if (known !== undefined) return JSON.parse(known);
  const made = await compute();
  store.derived.keep(call, from, JSON.stringify(made));
  return made;
}
