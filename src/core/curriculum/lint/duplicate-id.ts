import { type Path, type Problem, quoted } from '../finding.js';
import type { Rule, Survey } from './rule.js';

export const duplicateId: Rule = {
  id: 'duplicate-id',
  severity: 'error',
  summary:
    'One id for two things: items of any kind, steps of a task, criteria of a checkpoint, points of a rubric, questions of the focus',
  *check(survey) {
    for (const entry of survey.entries) {
      const first = survey.byId.get(entry.id);
      if (first === undefined || first === entry) continue;
      const path = [...entry.path, 'id'];
      const message = `the id ${quoted(entry.id)} belongs to a ${first.kind} already (${survey.placeOf([...first.path, 'id'])})`;
      yield { path, message, hint: 'Ids are unique over all kinds.' };
    }
    for (const { task, path } of survey.tasks) yield* within(survey, task.steps ?? [], [...path, 'steps'], 'step');
    for (const [index, { checkpoint }] of survey.curriculum.phases.entries()) {
      yield* within(survey, checkpoint?.criteria ?? [], ['phases', index, 'checkpoint', 'criteria'], 'criterion');
    }
    for (const { question, path } of survey.questions) {
      if (question.kind === 'explain') yield* within(survey, question.rubric, [...path, 'rubric'], 'point');
    }
    const questions = survey.curriculum.focus?.questions ?? [];
    yield* within(survey, questions, ['focus', 'questions'], 'question');
    for (const [index, question] of questions.entries()) {
      yield* within(survey, question.options, ['focus', 'questions', index, 'options'], 'option');
    }
  },
};

function* within(
  survey: Survey,
  list: readonly { readonly id: string }[],
  path: Path,
  kind: string,
): Generator<Problem> {
  const seen = new Map<string, number>();
  for (const [index, { id }] of list.entries()) {
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, index);
      continue;
    }
    const place = survey.placeOf([...path, first, 'id']);
    yield { path: [...path, index, 'id'], message: `another ${kind} here has the id ${quoted(id)} (${place})` };
  }
}
