import { masteryLevels } from '../../core/quiz/mastery-levels.js';
import { count, paragraph, table } from '../../ui/text.js';
import { calendarDate } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ConceptRow, ConceptsData } from './concepts.js';
import { viewDetail } from './detail.view.js';

export function viewConcepts(data: ConceptsData, ui: Ui): string {
  if (data.detail) return viewDetail(data.detail, data.concepts, ui);
  if (!ui.tty) return viewTable(data.concepts, ui);
  if (data.concepts.length === 0) return 'No concept matches.';
  return [viewTable(data.concepts, ui), viewSummary(data, ui), viewWeakest(data, ui)].filter(Boolean).join('\n\n');
}

/** The figures of each concept in columns; on a narrow screen those of the checkpoints give way. */
function viewTable(rows: readonly ConceptRow[], ui: Ui): string {
  const wide = !ui.tty || ui.width >= 76;
  return table(ui, rows, [
    ...(ui.tty ? [] : [{ title: 'id', value: (row: ConceptRow) => row.id }]),
    { title: 'concept', value: (row) => row.name, flexible: true },
    { title: 'level', value: (row) => `${row.level}${row.weak && ui.tty ? ' !' : ''}`, style: levelStyle(ui) },
    { title: 'seen', value: (row) => `${row.seen}/${row.questions}`, align: 'right' },
    { title: 'right', value: (row) => (row.seen === 0 && ui.tty ? '' : String(row.right)), align: 'right' },
    { title: 'recall', value: (row) => (row.recall === null ? '' : recallText(row.recall, ui)), align: 'right' },
    { title: 'applied', value: (row) => `${row.tasks.done}/${row.tasks.total}`, align: 'right' },
    ...(wide ? [{ title: 'explained', value: (row: ConceptRow) => explainedText(row, ui) }] : []),
    ...(ui.tty ? [] : [{ title: 'weak', value: (row: ConceptRow) => (row.weak ? 'weak' : '') }]),
  ]);
}

function levelStyle(ui: Ui): (text: string, row: ConceptRow) => string {
  return (text, { level, weak }) => {
    if (weak) return ui.style.warning(text);
    return level === 'unseen' ? ui.style.faint(text) : ui.style.good(text);
  };
}

function recallText(recall: number, ui: Ui): string {
  return ui.tty ? `${Math.round(recall * 100)} %` : recall.toFixed(3);
}

function explainedText({ explained, criteria }: ConceptRow, ui: Ui): string {
  const parts = [
    ...(explained > 0 ? [count(explained, 'question')] : []),
    ...(criteria.explained > 0 ? [`${criteria.explained} shown`] : []),
    ...(criteria.attested > 0 ? [`${criteria.attested} attested`] : []),
  ];
  return parts.join(ui.tty ? ', ' : ',');
}

function viewSummary({ levels, rule, day, concepts }: ConceptsData, ui: Ui): string {
  const counts = masteryLevels.filter((level) => levels[level] > 0).map((level) => `${levels[level]} ${level}`);
  const weak = concepts.filter((each) => each.weak).length;
  const shown = masteryLevels.filter((level) => levels[level] > 0);
  return [
    paragraph(ui, `${count(concepts.length, 'concept')}: ${counts.join(', ')}.`),
    ...shown.map((level) => paragraph(ui, ui.style.faint(rule[level]), 13, `  ${ui.style.faint(level)}`)),
    ...(weak > 0
      ? [
          paragraph(
            ui,
            ui.style.faint('more often wrong than right, forgotten by now, or wrong although you were sure'),
            13,
            `  ${ui.style.faint('!')}`,
          ),
        ]
      : []),
    paragraph(ui, ui.style.faint(`Recall is an estimate for ${calendarDate(ui, day)}.`)),
  ].join('\n');
}

function viewWeakest({ weakestPrerequisite: weakest }: ConceptsData, ui: Ui): string {
  if (!weakest) return '';
  const recall = weakest.recall === null ? '' : `, recall ${recallText(weakest.recall, ui)}`;
  return [
    paragraph(
      ui,
      `What comes next, “${weakest.task.title}”, builds on ${ui.style.strong(weakest.name)}, which you know least of what it needs (${weakest.level}${recall}).`,
    ),
    `  ${ui.style.code(weakest.command)}`,
  ].join('\n');
}
