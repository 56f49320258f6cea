import type { Question } from '../curriculum/model.js';

/** A concept with fewer questions than this cannot be told from luck. */
export const fewestQuestions = 3;

/** The live questions that ask for each concept as their first or second one; a third is asked in passing. */
export function questionsByConcept(questions: Iterable<Question>): ReadonlyMap<string, readonly Question[]> {
  const byConcept = new Map<string, Question[]>();
  for (const question of questions) {
    if (question.retired) continue;
    for (const concept of new Set(question.concepts.slice(0, 2))) {
      const known = byConcept.get(concept);
      if (known) known.push(question);
      else byConcept.set(concept, [question]);
    }
  }
  return byConcept;
}
