import { paragraph, table } from '../../ui/text.js';
import { calendarDate, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ConceptRow } from './concepts.js';
import type { ConceptDetail, QuestionRecord, RelatedConcept } from './detail.js';

export function viewDetail(detail: ConceptDetail, rows: readonly ConceptRow[], ui: Ui): string {
  const { style } = ui;
  const [row] = rows;
  const blocks = [
    [
      paragraph(ui, `${style.heading(detail.name)} ${style.faint(detail.id)}`),
      paragraph(ui, detail.meaning),
      ...(row ? [paragraph(ui, summary(row))] : []),
    ].join('\n'),
    section(ui, 'Builds on', [
      ...detail.requires.map((each) => item(ui, related(each, ui))),
      ...viewWeakest(detail, ui),
    ]),
    section(
      ui,
      'Leads to',
      detail.leadsTo.map((each) => item(ui, related(each, ui))),
    ),
    detail.questions.length === 0 ? '' : [style.strong('Questions'), viewRecord(detail.questions, ui)].join('\n'),
    section(
      ui,
      'Tasks that teach it',
      detail.tasks.map(({ id, title, state }) => item(ui, `${title} ${style.code(id)} ${style.faint(state)}`)),
    ),
    section(
      ui,
      'Labs',
      detail.labs.map(({ id, title, standing }) =>
        item(ui, `${title} ${style.code(id)} ${style.faint(standing === 'not-started' ? 'not started' : standing)}`),
      ),
    ),
    section(
      ui,
      'Self-assessment',
      detail.criteria.map(({ question, reached, level, pass }) => {
        const words = level === null ? reached : `${reached}, level ${level}; ${pass} passes`;
        return item(ui, `${question} ${style.faint(words)}`);
      }),
    ),
    `${style.strong('To improve it')}\n  ${style.code(detail.command)}`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function summary({ level, questions, seen, right, recall, tasks, sureButWrong, weak }: ConceptRow): string {
  const facts = [
    `${seen} of ${questions} questions met, ${right} right last time`,
    ...(recall === null ? [] : [`estimated recall today ${percent(recall)}`]),
    `${tasks.done} of ${tasks.total} tasks done`,
    ...(sureButWrong > 0 ? [`${sureButWrong} sure but wrong`] : []),
  ];
  return `Level: ${level}${weak ? ', weak' : ''} (${facts.join('; ')}).`;
}

function related({ id, name, level, recall }: RelatedConcept, ui: Ui): string {
  const words = recall === null ? level : `${level}, recall ${percent(recall)}`;
  return `${name} ${ui.style.code(id)} ${ui.style.faint(words)}`;
}

function viewWeakest({ weakestPrerequisite: weakest }: ConceptDetail, ui: Ui): readonly string[] {
  return weakest ? [paragraph(ui, `Least known of all that it builds on: ${weakest.name} (${weakest.level}).`, 2)] : [];
}

function viewRecord(questions: readonly QuestionRecord[], ui: Ui): string {
  return table(ui, questions, [
    { title: 'question', value: ({ id }) => id, flexible: true },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'right', value: ({ correct, answers }) => `${correct}/${answers}`, align: 'right' },
    { title: 'last', value: ({ lastResult }) => lastResult ?? '' },
    ...(ui.tty && ui.width < 76
      ? []
      : [{ title: 'when', value: ({ lastAt }: QuestionRecord) => (lastAt === null ? '' : when(ui, lastAt)) }]),
    { title: 'recall', value: ({ recall }) => (recall === null ? '' : percent(recall)), align: 'right' },
    { title: 'due', value: (row) => dueText(row, ui) },
  ]);
}

function dueText({ due, flagged, suspended }: QuestionRecord, ui: Ui): string {
  if (suspended) return 'dropped';
  if (flagged) return 'flagged';
  return due === null ? '' : calendarDate(ui, due);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function section(ui: Ui, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [ui.style.strong(title), ...lines].join('\n');
}

function item(ui: Ui, text: string): string {
  return paragraph(ui, text, 4, `  ${ui.symbols.bullet}`);
}
