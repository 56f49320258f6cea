import { nearest } from '../../search/nearest.js';
import { didYouMean, quoted } from '../finding.js';
import type { EntryKind, Rule } from './rule.js';

/** Guessing compares with every id there is, which adds up where thousands are wrong. */
const mostGuesses = 50;

export const unknownReference: Rule = {
  id: 'unknown-reference',
  severity: 'error',
  summary: 'An id that names nothing, or something of another kind',
  *check({ entries, references, byId, byAlias }) {
    const idsOf = new Map<string, readonly string[]>();
    const candidates = (kinds: readonly EntryKind[]) => {
      const key = kinds.join();
      const known = idsOf.get(key) ?? entries.filter((entry) => kinds.includes(entry.kind)).map((entry) => entry.id);
      idsOf.set(key, known);
      return known;
    };
    let guesses = 0;
    for (const { id, kinds, path } of references) {
      const target = byId.get(id) ?? byAlias.get(id);
      if (target && kinds.includes(target.kind)) continue;
      const kind = kinds.length === 1 ? kinds[0] : 'item';
      const message = target ? `${quoted(id)} is a ${target.kind}, not a ${kind}` : `there is no ${kind} ${quoted(id)}`;
      const nearby = guesses++ < mostGuesses ? nearest(id, candidates(kinds), 3) : [];
      const hint = didYouMean(nearby.filter((each) => each !== id).slice(0, 2));
      yield hint === undefined ? { path, message } : { path, message, hint };
    }
  },
};
