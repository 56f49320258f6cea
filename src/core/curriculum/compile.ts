import { canonicalJson } from './canonical-json.js';
import type { CurriculumContent } from './lint/rule.js';
import type { Curriculum, Question, QuestionBank } from './model.js';
import { createQuestionBank } from './question-bank.js';

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export type Hash = (text: string) => string;

const revisionLength = 12;

/**
 * Adds the revisions: of each item a hash of what its author wrote, so that an event can say which wording the learner
 * saw. A phase and a module are hashed without what is in them, a task with its steps, a checkpoint with its criteria.
 */
export function compileCurriculum({ questions, packages, ...content }: CurriculumContent, hash: Hash): Curriculum {
  const revisions: Record<string, string> = {};
  const revise = reviser(hash);
  for (const phase of content.phases) {
    const { modules, checkpoint, ...ownOfPhase } = phase;
    revisions[phase.id] = revise(ownOfPhase);
    for (const module of modules) {
      const { tasks, ...ownOfModule } = module;
      revisions[module.id] = revise(ownOfModule);
      for (const task of tasks) revisions[task.id] = revise(task);
    }
    if (!checkpoint) continue;
    revisions[checkpoint.id] = revise(checkpoint);
    for (const criterion of checkpoint.criteria) revisions[`${checkpoint.id}/${criterion.id}`] = revise(criterion);
  }
  for (const list of [content.concepts, content.resources, content.programs, content.briefs, content.labs]) {
    for (const item of list) revisions[item.id] = revise(item);
  }
  return { ...content, revisions, revision: revise(content) };
}

/** The questions of all files with a revision each. */
export function compileQuestions(files: readonly (readonly Question[])[], hash: Hash): QuestionBank {
  const questions = files.flat();
  const revise = reviser(hash);
  const revisions = Object.fromEntries(questions.map((question) => [question.id, revise(question)]));
  return createQuestionBank(questions, revisions, revise(Object.entries(revisions)));
}

/** What was written for an item is not written again for what the item is part of. */
function reviser(hash: Hash) {
  const known = new Map<unknown, string>();
  return (item: unknown) => {
    const text = canonicalJson(item, known);
    known.set(item, text);
    return hash(text).slice(0, revisionLength);
  };
}
