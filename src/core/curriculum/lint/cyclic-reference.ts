import { type Problem, quoted } from '../finding.js';
import type { Reference, Rule } from './rule.js';

export const cyclicReference: Rule = {
  id: 'cyclic-reference',
  severity: 'error',
  summary:
    'Tasks or concepts that require each other in a circle, labs that build on each other, or resources that supersede each other',
  *check({ references }) {
    for (const kind of ['task', 'concept'] as const) {
      yield* cyclesOf(references.filter(({ role, from }) => role === 'requires' && from.kind === kind));
    }
    for (const name of ['needs_labs', 'superseded_by']) {
      yield* cyclesOf(references.filter(({ role }) => role === name));
    }
  },
};

/** One problem for each edge that closes a circle in a depth-first walk. */
function* cyclesOf(edges: readonly Reference[]): Generator<Problem> {
  const outgoing = new Map<string, Reference[]>();
  for (const edge of edges) {
    const others = outgoing.get(edge.from.id);
    if (others) others.push(edge);
    else outgoing.set(edge.from.id, [edge]);
  }
  const finished = new Set<string>();
  for (const start of outgoing.keys()) yield* walkFrom(start, outgoing, finished);
}

/** No recursion, since chains can be long. */
function* walkFrom(
  start: string,
  outgoing: ReadonlyMap<string, readonly Reference[]>,
  finished: Set<string>,
): Generator<Problem> {
  const way: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
  const onWay = new Set([start]);
  for (let top = way.at(-1); top; top = way.at(-1)) {
    const edge = finished.has(top.id) ? undefined : outgoing.get(top.id)?.[top.next++];
    if (!edge) {
      finished.add(top.id);
      onWay.delete(top.id);
      way.pop();
    } else if (onWay.has(edge.id)) {
      const circle = way.slice(way.findIndex(({ id }) => id === edge.id)).map(({ id }) => id);
      yield describe(edge, [...circle, edge.id]);
    } else if (!finished.has(edge.id)) {
      onWay.add(edge.id);
      way.push({ id: edge.id, next: 0 });
    }
  }
}

const longestCircle = 12;

function describe({ path, id, from }: Reference, circle: readonly string[]): Problem {
  if (circle.length === 2) return { path, message: `${quoted(id)} leads back to itself` };
  const shown = circle.length <= longestCircle ? circle : [...circle.slice(0, longestCircle - 1), '…', id];
  return { path, message: `the ${from.kind}s lead in a circle: ${shown.join(' → ')}` };
}
