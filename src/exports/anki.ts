/**
 * The questions as notes for Anki (File, Import): a text file whose header lines say everything, as its manual
 * describes under "Text Files". Importing again replaces what was imported before, by the GUIDs.
 */
import type { Curriculum, Question } from '../core/curriculum/model.js';
import { eventsSince } from '../core/exports/events-since.js';
import type { QuestionSource } from '../core/exports/export-source.js';
import { subject } from '../core/progress/subject.js';
import type { QuestionForm, QuestionInstance } from '../core/quiz/answer.js';
import { drawQuestion } from '../core/quiz/draw.js';
import { gradeAnswer } from '../core/quiz/grade.js';
import { ankiField, ankiTag, ankiText } from './anki-text.js';
import type { ExportFormat } from './format.js';

/** Always the same draw: a note in Anki cannot draw anew. */
const seed = 'anki';

export const anki: ExportFormat = {
  needs: 'questions',
  parts: ['all'],
  *write(source) {
    const { curriculum } = source;
    yield '#separator:tab\n#html:true\n#notetype:Basic\n';
    yield '#columns:GUID\tDeck\tFront\tBack\tTags\n';
    yield '#guid column:1\n#deck column:2\n#tags column:5\n';
    const deck = deckName(curriculum);
    const resources = new Map(curriculum.resources.map((each) => [each.id, each]));
    for (const question of wanted(source)) {
      const instance = drawQuestion(question, `${seed}/${question.id}`);
      const fields = [
        ankiText(`${curriculum.id}/${question.id}`),
        deck,
        front(instance),
        back(instance, resources),
        tags(question).join(' '),
      ];
      yield `${fields.join('\t')}\n`;
    }
  },
};

/** Live questions; with a day, those that were answered since. */
function wanted({ curriculum, questions, effective, since }: QuestionSource): readonly Question[] {
  const live = questions.filter(({ retired }) => !retired);
  if (since === undefined) return live;
  const answered = new Set(
    [...eventsSince(effective.ofKind('question.answered'), since)].map((event) => event.subject),
  );
  return live.filter((question) =>
    [question.id, ...(question.aliases ?? [])].some((id) => answered.has(subject.card(curriculum.id, id))),
  );
}

function deckName({ title }: Curriculum): string {
  return ankiField(title.replaceAll('::', ':').replaceAll(/\s+/g, ' '));
}

function front({ prompt, form, question }: QuestionInstance): string {
  const blocks = [ankiField(prompt), ...frontOf(form)];
  if (isDrawn(question)) blocks.push('<small>One draw of its figures; aisafe quiz draws new ones.</small>');
  return blocks.join('<br><br>');
}

function frontOf(form: QuestionForm): readonly string[] {
  switch (form.kind) {
    case 'choice':
      return [list(form.options, 'a')];
    case 'multi':
      return [`${list(form.options, 'a')}<br><br>One or more are right.`];
    case 'order':
      return [list(form.items, '1')];
    case 'match':
      return [list(form.left, 'a'), list(form.right, '1')];
    case 'number':
      return form.unit === null ? [] : [`In ${ankiText(form.unit)}.`];
    case 'text':
    case 'cloze':
    case 'explain':
      return [];
  }
}

/** Options with the marks that they have in a quiz. */
function list(texts: readonly string[], first: 'a' | '1'): string {
  const mark = (index: number) => (first === 'a' ? String.fromCharCode(97 + index) : String(index + 1));
  return texts.map((text, index) => `${mark(index)}) ${ankiField(text)}`).join('<br>');
}

type Resources = ReadonlyMap<string, Curriculum['resources'][number]>;

function back(instance: QuestionInstance, resources: Resources): string {
  const { form, explanation, question } = instance;
  const { expected } = gradeAnswer(instance, { type: 'unknown' });
  const blocks = [`<b>${ankiField(expected)}</b>`];
  if (form.kind === 'explain') {
    blocks.push(
      `Points that a good answer makes:<br>${form.rubric.map(({ point }) => `– ${ankiField(point)}`).join('<br>')}`,
    );
  }
  blocks.push(...becauses(question), ankiField(explanation));
  const sources = question.source.flatMap((id) => source(resources.get(id)));
  if (sources.length > 0) blocks.push(`<small>${sources.join('<br>')}</small>`);
  return blocks.join('<br><br>');
}

/** Why the distractors are wrong. */
function becauses(question: Question): readonly string[] {
  if (question.kind !== 'choice' && question.kind !== 'multi') return [];
  const lines = question.options.flatMap(({ text, because }) =>
    because === undefined ? [] : [`<i>${ankiField(text)}</i> ${ankiField(because)}`],
  );
  return lines.length === 0 ? [] : [lines.join('<br>')];
}

function source(resource: Curriculum['resources'][number] | undefined): readonly string[] {
  if (!resource) return [];
  const isWeb = URL.canParse(resource.url) && ['https:', 'http:'].includes(new URL(resource.url).protocol);
  const title = ankiText(resource.title);
  return [isWeb ? `<a href="${ankiText(new URL(resource.url).href)}">${title}</a>` : title];
}

/** By concept, kind and difficulty; `drawn` where the figures are one draw of many. */
function tags(question: Question): readonly string[] {
  return [
    ...question.concepts.map((concept) => ankiTag('aisafe', 'concept', concept)),
    ankiTag('aisafe', 'kind', question.kind),
    ankiTag('aisafe', 'difficulty', String(question.difficulty)),
    ...(isDrawn(question) ? [ankiTag('aisafe', 'drawn')] : []),
  ];
}

function isDrawn(question: Question): boolean {
  return question.kind === 'number' && question.given !== undefined;
}
