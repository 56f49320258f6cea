/** From a drawn question and what was answered to data for the screen and for `--json`. */
import type { Answer, QuestionForm, QuestionInstance } from '../../core/quiz/answer.js';
import { gradeAnswer } from '../../core/quiz/grade.js';
import type { RecordedAnswer } from '../../core/quiz/recorded-answer.js';
import { isLeechLapse } from '../../core/schedule/leech.js';
import type { Study } from '../lookup.js';
import { letter } from './question.view.js';
import { isGraded } from './quiz-sitting.js';
import type { AnsweredData, OpenForm, QuestionData, SourceData } from './report.js';

/** The question; with its key only when it was answered. */
export function describeQuestion(
  study: Study,
  instance: QuestionInstance,
  answer: RecordedAnswer | undefined,
): QuestionData {
  const { question, seed, prompt, form } = instance;
  const { id, kind, concepts, difficulty } = question;
  return {
    question: id,
    kind,
    concepts,
    difficulty,
    seed,
    prompt,
    form: withoutModel(form),
    answered: answer ? describeAnswer(study, instance, answer) : null,
  };
}

function withoutModel(form: QuestionForm): OpenForm {
  if (form.kind !== 'explain') return form;
  const { model: _model, ...open } = form;
  return open;
}

function describeAnswer(study: Study, instance: QuestionInstance, recorded: RecordedAnswer): AnsweredData {
  const { answer, confidence, scheduling } = recorded;
  const { form, explanation } = instance;
  const { result, score, expected, remarks } = gradeAnswer(instance, answer);
  const after = scheduling?.after;
  const isLapse = scheduling?.rating === 1 && scheduling.before.phase === 'review';
  return {
    answer,
    said: sayAnswer(form, answer),
    confidence,
    result,
    graded: isGraded(instance),
    score,
    expected: form.kind === 'explain' ? '' : expected,
    remarks,
    explanation,
    model: form.kind === 'explain' ? form.model : null,
    sources: findSources(study, instance),
    next: after?.phase === 'review' ? { due: after.due, intervalDays: after.intervalDays } : null,
    leech: isLapse && after?.phase === 'review' && isLeechLapse(after.lapses),
  };
}

function findSources({ items }: Study, { question }: QuestionInstance): readonly SourceData[] {
  return question.source.flatMap((id) => {
    const item = items.get(id);
    return item?.kind === 'resource' ? [{ id: item.id, title: item.resource.title, url: item.resource.url }] : [];
  });
}

/** An answer in words. */
function sayAnswer(form: QuestionForm, answer: Answer): string {
  const pick = (texts: readonly string[], index: number) => texts[index] ?? '';
  switch (answer.type) {
    case 'choice':
      return form.kind === 'choice' ? pick(form.options, answer.option) : '';
    case 'multi':
      return form.kind === 'multi' ? answer.options.map((option) => pick(form.options, option)).join('; ') : '';
    case 'number':
      return form.kind === 'number' && form.unit !== null ? `${answer.value} ${form.unit}` : String(answer.value);
    case 'text':
    case 'explain':
      return answer.text;
    case 'cloze':
      return answer.texts.join('; ');
    case 'order':
      return form.kind === 'order' ? answer.order.map((item) => pick(form.items, item)).join(', ') : '';
    case 'match':
      if (form.kind !== 'match') return '';
      return answer.pairs.map((right, left) => `${letter(left)}) ${pick(form.right, right)}`).join('; ');
    case 'unknown':
      return "I don't know";
    case 'skipped':
      return '';
  }
}
