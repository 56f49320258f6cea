import { count, paragraph, table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { QuestionsData } from './questions.js';

/** Concepts that are listed without being asked for: those with the fewest questions. */
const shownConcepts = 12;

export function viewQuestions(data: QuestionsData, ui: Ui): string {
  const { style } = ui;
  const about = data.concept ? `${data.concept.name} ${style.code(data.concept.id)}` : 'The question bank';
  const retired = data.retired > 0 ? `, and ${data.retired} retired` : '';
  const parts = [
    paragraph(ui, `${style.heading(about)}: ${count(data.count, 'question')}${retired}.`),
    section(ui, 'Kinds', kindRows(data)),
    section(ui, 'Difficulty', difficultyRows(data)),
    paragraph(ui, tell(data, ui)),
  ];
  if (data.questions) parts.push(viewList(data.questions, ui));
  else parts.push(viewConcepts(data, ui));
  parts.push(viewSimilar(data, ui));
  return parts.filter((part) => part !== '').join('\n\n');
}

interface Row {
  readonly name: string;
  readonly count: number;
  readonly share: number;
  readonly remark: string;
}

function kindRows({ kinds, numbers, count: all }: QuestionsData): readonly Row[] {
  return Object.entries(kinds).map(([name, count]) => ({
    name,
    count,
    share: share(count, all),
    remark: name === 'number' && numbers.all > 0 ? `${numbers.parameterised} parameterised` : '',
  }));
}

function difficultyRows({ difficulty, count: all }: QuestionsData): readonly Row[] {
  return difficulty.map((count, index) => ({ name: String(index + 1), count, share: share(count, all), remark: '' }));
}

function section(ui: Ui, title: string, rows: readonly Row[]): string {
  return table(ui, rows, [
    { title, value: (row) => row.name },
    { title: 'questions', value: (row) => String(row.count), align: 'right' },
    { title: 'share', value: (row) => `${Math.round(100 * row.share)} %`, align: 'right' },
    { title: '', value: (row) => row.remark, style: ui.style.faint },
  ]);
}

function tell({ lengthTell }: QuestionsData, ui: Ui): string {
  const { choices, longestRight, most, telling } = lengthTell;
  if (choices === 0) return 'There are no choice questions.';
  const text = `The longest option is right in ${longestRight} of ${count(choices, 'choice question')} (${percent(longestRight, choices)}; at most ${Math.round(most * 100)} %).`;
  return telling ? ui.style.warning(`${text} That gives answers away.`) : text;
}

function viewConcepts({ concepts, fewest }: QuestionsData, ui: Ui): string {
  const few = concepts.filter(({ count: each }) => each < fewest).length;
  const head = `${count(concepts.length, 'concept')}; ${few === 0 ? `every one has ${fewest} questions or more` : `${few} with fewer than ${fewest} questions`}.`;
  const shown = ui.tty ? concepts.slice(0, shownConcepts) : concepts;
  const rows = table(ui, shown, [
    { title: 'concept', value: (each) => each.id, style: ui.style.code },
    {
      title: 'questions',
      value: (each) => String(each.count),
      align: 'right',
      style: (text, each) => (each.count < fewest ? ui.style.warning(text) : text),
    },
    { title: 'kinds', value: (each) => each.kinds.join(', '), flexible: true },
  ]);
  const left = concepts.length - shown.length;
  const more =
    left > 0 ? `\n${ui.style.faint(`and ${left} more, with as many questions or more; --json lists all`)}` : '';
  return `${paragraph(ui, head)}\n${rows}${more}`;
}

function viewList(questions: NonNullable<QuestionsData['questions']>, ui: Ui): string {
  return table(ui, questions, [
    { title: 'question', value: (each) => each.id, style: ui.style.code },
    { title: 'kind', value: (each) => each.kind },
    { title: 'difficulty', value: (each) => String(each.difficulty), align: 'right' },
    { title: 'prompt', value: (each) => each.prompt.replace(/\s+/g, ' '), flexible: true },
  ]);
}

function viewSimilar({ similar }: QuestionsData, ui: Ui): string {
  if (similar.length === 0) return 'No two questions are nearly the same.';
  const lines = similar.map(({ one, other, similarity }) =>
    paragraph(
      ui,
      `${ui.style.code(one)}, ${ui.style.code(other)} (${Math.round(similarity * 100)} % of the wording)`,
      4,
      `  ${ui.symbols.bullet}`,
    ),
  );
  return ['Nearly the same:', ...lines].join('\n');
}

function percent(part: number, whole: number): string {
  return `${Math.round(100 * share(part, whole))} %`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
