import { idsOf, type Question, type QuestionBank, type QuestionOutline } from './model.js';

/** A bank of questions that are all there. */
export function createQuestionBank(
  questions: readonly Question[],
  revisions: Readonly<Record<string, string>>,
  revision: string,
): QuestionBank {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const outlines = questions.map(outline);
  const present = presentIds(outlines);
  return { outlines, revisions, revision, questions, find: (id) => byId.get(present.get(id) ?? id) };
}

function outline({ id, aliases, kind, concepts, source, difficulty, retired }: Question): QuestionOutline {
  return {
    id,
    ...(aliases && { aliases }),
    kind,
    concepts,
    source,
    difficulty,
    ...(retired !== undefined && { retired }),
  };
}

/** The id that each question has now, by it and by those that it had before; an id always wins over an alias. */
export function presentIds(outlines: readonly QuestionOutline[]): ReadonlyMap<string, string> {
  const present = new Map<string, string>();
  for (const each of outlines) for (const name of idsOf(each)) present.set(name, each.id);
  for (const { id } of outlines) present.set(id, id);
  return present;
}
