import type { Question } from '../curriculum/model.js';
import { normaliseText } from './normalise-text.js';

export interface SimilarPair {
  readonly one: Question;
  readonly other: Question;
  /** Share of the word triples of both that they have in common, 0 to 1. */
  readonly similarity: number;
}

/** Two questions of an area share a tenth of their word triples at most; a reworded copy shares more than half. */
const similarFrom = 0.5;
/** The comparison is quadratic; no real bank is as large. */
const mostQuestions = 2000;

/** Pairs of live questions that ask nearly the same in nearly the same words, the later one second. */
export function similarQuestions(questions: Iterable<Question>): readonly SimilarPair[] {
  const live = [...questions].filter(({ retired }) => !retired).slice(0, mostQuestions);
  const triples = live.map((question) => wordTriples(textOf(question)));
  const pairs: SimilarPair[] = [];
  for (const [index, other] of live.entries()) {
    for (const [earlier, one] of live.slice(0, index).entries()) {
      const similarity = overlap(triples[earlier], triples[index]);
      if (similarity >= similarFrom) pairs.push({ one, other, similarity });
    }
  }
  return pairs;
}

/** The prompt, with what is to be chosen or arranged: prompts alone are often alike (“Match each ... with ...”). */
function textOf(question: Question): string {
  switch (question.kind) {
    case 'choice':
    case 'multi':
      return [question.prompt, ...question.options.map(({ text }) => text)].join(' ');
    case 'order':
      return [question.prompt, ...question.items].join(' ');
    case 'match':
      return [question.prompt, ...question.pairs.map(({ left, right }) => `${left} ${right}`)].join(' ');
    default:
      return question.prompt;
  }
}

function wordTriples(text: string): ReadonlySet<string> {
  const words = normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 3) return new Set([words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

function overlap(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  // So different in length that they cannot overlap enough.
  if (small.size < large.size * similarFrom) return 0;
  let shared = 0;
  for (const triple of small) if (large.has(triple)) shared++;
  return shared / (one.size + other.size - shared);
}
