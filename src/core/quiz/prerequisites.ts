/** What a concept builds on. */
import { type ConceptMastery, presentConcepts } from './mastery.js';
import { masteryLevels } from './mastery-levels.js';

type Mastery = ReadonlyMap<string, ConceptMastery>;

/** The concepts that these ones build on, directly or through others; they themselves are left out. Nearest first. */
export function prerequisitesOf(mastery: Mastery, concepts: readonly string[]): readonly ConceptMastery[] {
  const present = presentConcepts({ concepts: [...mastery.values()].map(({ concept }) => concept) });
  const seen = new Set(concepts);
  const found: ConceptMastery[] = [];
  const queue = [...concepts];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const required of mastery.get(id)?.concept.requires ?? []) {
      const before = mastery.get(present.get(required) ?? required);
      if (!before || seen.has(before.concept.id)) continue;
      seen.add(before.concept.id);
      found.push(before);
      queue.push(before.concept.id);
    }
  }
  return found;
}

/** The one that is known least: by level, then by estimated recall today; the nearest of equals. */
export function weakestOf(concepts: readonly ConceptMastery[]): ConceptMastery | undefined {
  return concepts.reduce<ConceptMastery | undefined>(
    (weakest, each) => (weakest === undefined || compare(each, weakest) < 0 ? each : weakest),
    undefined,
  );
}

function compare(a: ConceptMastery, b: ConceptMastery): number {
  return (
    masteryLevels.indexOf(a.level) - masteryLevels.indexOf(b.level) ||
    Number(b.isWeak) - Number(a.isWeak) ||
    (a.questions.recall ?? 0) - (b.questions.recall ?? 0)
  );
}
