import { createGenerator, shuffledIndices } from './generator.js';
import { mainConcept, type QuizItem } from './quiz-item.js';

/** In a random order that the seed repeats. */
export function shuffled<T>(values: readonly T[], seed: string): readonly T[] {
  return shuffledIndices(values.length, createGenerator(seed)).flatMap((index) => values.slice(index, index + 1));
}

/**
 * At most `count` questions from the front of the list, such that no two share a source where that can be avoided:
 * siblings come in only when the others do not suffice.
 * @param besides questions of the same sitting that were chosen before.
 */
export function withoutSiblings<Q extends QuizItem>(
  questions: readonly Q[],
  count: number,
  besides: readonly QuizItem[] = [],
): readonly Q[] {
  const used = new Set(besides.flatMap(({ source }) => source));
  const chosen = new Set<Q>();
  for (const question of questions) {
    if (chosen.size >= count) break;
    if (question.source.some((each) => used.has(each))) continue;
    chosen.add(question);
    for (const each of question.source) used.add(each);
  }
  for (const question of questions) {
    if (chosen.size >= count) break;
    chosen.add(question);
  }
  return questions.filter((question) => chosen.has(question));
}

/**
 * The same questions in an order in which neighbours differ in their main concept wherever that is possible, and in
 * their sources where that costs nothing.
 */
export function interleave<Q extends QuizItem>(questions: readonly Q[], seed: string): readonly Q[] {
  const groups = new Map<string, Q[]>();
  for (const question of shuffled(questions, seed)) {
    const group = groups.get(mainConcept(question));
    if (group) group.push(question);
    else groups.set(mainConcept(question), [question]);
  }
  const ordered: Q[] = [];
  while (ordered.length < questions.length) {
    const next = takeNext(groups, ordered.at(-1), questions.length - ordered.length);
    if (!next) break;
    ordered.push(next);
  }
  return ordered;
}

function takeNext<Q extends QuizItem>(groups: ReadonlyMap<string, Q[]>, previous: Q | undefined, left: number) {
  const open = [...groups.entries()].filter(([concept, group]) => {
    return group.length > 0 && (previous === undefined || concept !== mainConcept(previous));
  });
  const others = open.length > 0 ? open.map(([, group]) => group) : [...groups.values()].filter((each) => each.length);
  const largest = others.reduce<Q[]>((best, each) => (each.length > best.length ? each : best), []);
  const isSibling = (question: Q) => previous?.source.some((each) => question.source.includes(each)) ?? false;
  // A concept with half of what is left must come now, or its questions end up side by side.
  const allowed = largest.length * 2 >= left ? [largest] : [largest, ...others.filter((each) => each !== largest)];
  for (const group of allowed) {
    const index = group.findIndex((question) => !isSibling(question));
    if (index >= 0) return group.splice(index, 1)[0];
  }
  return largest.shift();
}
