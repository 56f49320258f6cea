import type { Question, QuestionKind } from '../curriculum/model.js';
import { choice } from './kinds/choice.js';
import { cloze } from './kinds/cloze.js';
import { explain } from './kinds/explain.js';
import type { KindOf } from './kinds/kind.js';
import { match } from './kinds/match.js';
import { multi } from './kinds/multi.js';
import { number } from './kinds/number.js';
import { order } from './kinds/order.js';
import { text } from './kinds/text.js';

/** The registry: a new kind is one file, and one line here. */
const kinds: { readonly [K in QuestionKind]: KindOf<K> } = {
  choice,
  multi,
  number,
  text,
  cloze,
  order,
  match,
  explain,
};

/** What the question's own kind does. */
export function kindOf<K extends QuestionKind>(question: Extract<Question, { kind: K }>): KindOf<K> {
  return kinds[question.kind as K];
}
