import type { Context } from '../../context.js';
import type { QuestionBank } from '../../core/curriculum/model.js';
import { type ConceptMastery, conceptMastery } from '../../core/quiz/mastery.js';
import type { Study } from '../lookup.js';

/** How well each concept is known today. */
export function readMastery(
  context: Context,
  { curriculum, store }: Pick<Study, 'curriculum' | 'store'>,
  { outlines }: Pick<QuestionBank, 'outlines'>,
): ReadonlyMap<string, ConceptMastery> {
  const progress = store.progress();
  const cards = store.cards(curriculum.id);
  return conceptMastery({ curriculum, progress, bank: outlines, cards, day: context.today() });
}
