import { masteryLevels } from '../../core/quiz/mastery-levels.js';
import { bar, count, cut, pad, paragraph, table } from '../../ui/text.js';
import { span, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import { viewCalibration } from '../quiz/quiz.view.js';
import type { StatusData } from './status.js';

export function viewStatus(data: StatusData, ui: Ui): string {
  const rows = data.phases.flatMap((phase) => [
    { ...phase, depth: 0 },
    ...(data.detailed ? phase.modules.map((module) => ({ ...module, depth: 1 })) : []),
  ]);
  const track = data.track
    ? `Focus: ${data.track.title}`
    : `No focus chosen yet, so every track is counted: ${ui.style.code('aisafe focus')}`;
  const blocks = [
    [
      paragraph(ui, `${ui.style.heading(data.curriculum.title)} ${ui.style.faint(data.curriculum.version)}`),
      paragraph(ui, track),
    ].join('\n'),
    viewBars(rows, ui),
    viewTime(data, ui),
    viewCheckpoints(data, ui),
    section(ui, 'Labs', labLines(data, ui)),
    section(ui, 'Questions', questionLines(data, ui)),
    section(
      ui,
      'In hand',
      data.started
        .slice(0, 5)
        .map((task) => item(ui, `${task.title} ${ui.style.code(task.id)} ${ui.style.faint(when(ui, task.lastAt))}`)),
    ),
    section(ui, 'Last seven days', weekLines(data, ui)),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

interface BarRow {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly share: number;
  readonly settled: number;
  readonly total: number;
  readonly ahead: number;
}

function viewBars(rows: readonly BarRow[], ui: Ui): string {
  if (!ui.tty) {
    return table(ui, rows, [
      { title: 'id', value: (row) => row.id },
      { title: 'share', value: (row) => row.share.toFixed(3) },
      { title: 'done', value: (row) => String(row.settled) },
      { title: 'total', value: (row) => String(row.total) },
      { title: 'minutes ahead', value: (row) => String(Math.round(row.ahead)) },
      { title: 'title', value: (row) => row.title },
    ]);
  }
  const figures = rows.map((row) => `${Math.round(row.share * 100)} %`.padStart(5));
  const counts = rows.map((row) => `${row.settled}/${row.total}`);
  const countWidth = Math.max(...counts.map((text) => text.length));
  const barWidth = ui.width >= 100 ? 24 : ui.width >= 76 ? 16 : 0;
  const labelWidth = Math.min(
    Math.max(...rows.map((row) => row.title.length + row.depth * 2)),
    ui.width - barWidth - countWidth - 22,
  );
  return rows
    .map((row, index) => {
      const label = pad(ui, cut(ui, ' '.repeat(row.depth * 2) + row.title, labelWidth), labelWidth);
      const left = row.ahead > 0 ? `${span(row.ahead)} left` : row.total > 0 ? 'done' : '';
      const drawn = barWidth > 0 ? `${bar(ui, row.share, barWidth)} ` : '';
      return `${row.depth === 0 ? ui.style.strong(label) : label} ${drawn}${figures[index]} ${pad(ui, counts[index] ?? '', countWidth)}  ${ui.style.faint(left)}`.trimEnd();
    })
    .join('\n');
}

function viewTime({ time }: StatusData, ui: Ui): string {
  const pace =
    time.paceTasks === 0
      ? ''
      : time.pace === 1
        ? ', as long as estimated'
        : `, at ${time.pace} times the estimate on ${count(time.paceTasks, 'task')}`;
  const forecast =
    time.weeksAhead !== null && time.hoursPerWeek !== null
      ? ` At ${count(time.hoursPerWeek, 'hour')} a week that is about ${count(time.weeksAhead, 'week')}.`
      : ` For a forecast: ${ui.style.code('aisafe init --hours N')}`;
  const spent = time.spent === 0 ? 'No time logged yet' : `${span(time.spent)} logged${pace}`;
  return paragraph(ui, `${spent}; ${span(time.ahead)} ahead.${forecast}`);
}

const checkpointWords = {
  'not-begun': 'not begun',
  begun: 'begun',
  ready: 'ready',
  'not-ready': 'not ready yet',
} as const;

function viewCheckpoints({ checkpoints }: StatusData, ui: Ui): string {
  return section(
    ui,
    'Self-assessments',
    checkpoints.map((each) => {
      if (each.faded && each.at !== null && each.recall !== null) {
        const recall = `estimated recall today ${Math.round(each.recall * 100)} %`;
        const faded = ui.style.warning(`was ready ${when(ui, each.at)}; ${recall}`);
        return item(ui, `${each.phaseTitle}: ${faded} ${ui.style.code(`aisafe check ${each.phase}`)}`);
      }
      const words = each.state === 'ready' ? ui.style.good(checkpointWords[each.state]) : checkpointWords[each.state];
      return item(
        ui,
        `${each.phaseTitle}: ${words}${each.at ? ui.style.faint(` (${when(ui, each.at)})`) : ''} ${ui.style.code(`aisafe check ${each.phase}`)}`,
      );
    }),
  );
}

function labLines({ labs }: StatusData, ui: Ui): readonly string[] {
  if (labs.total === 0) return [];
  const { right, scored } = labs.predictions;
  const facts = [
    `${labs.passed} of ${labs.total} passed`,
    ...(labs.assisted > 0 ? [`${labs.assisted} assisted`] : []),
    ...(scored > 0 ? [`${right} of ${count(scored, 'prediction')} right`] : []),
  ];
  const [last] = labs.started;
  const going = last ? [item(ui, `Begun: ${last.title} ${ui.style.code(`aisafe lab check ${last.id}`)}`)] : [];
  return [item(ui, `${facts.join(', ')} ${ui.style.code('aisafe lab list')}`), ...going];
}

function questionLines({ questions: { due, calibration, concepts } }: StatusData, ui: Ui): readonly string[] {
  const lines: string[] = [];
  if (due > 0) lines.push(item(ui, `${count(due, 'question')} due today ${ui.style.code('aisafe review')}`));
  if (concepts) {
    const counts = masteryLevels
      .filter((level) => concepts.levels[level] > 0)
      .map((level) => `${concepts.levels[level]} ${level}`);
    const weak = concepts.weak > 0 ? `; ${concepts.weak} weak ${ui.style.code('aisafe concepts --weak')}` : '';
    lines.push(item(ui, `Concepts: ${counts.join(', ')}${weak || ` ${ui.style.code('aisafe concepts')}`}`));
  }
  const sure = viewCalibration(calibration, ui);
  if (sure !== '') lines.push(item(ui, sure.replaceAll(/\s+/g, ' ')));
  return lines;
}

function weekLines({ week }: StatusData, ui: Ui): readonly string[] {
  const facts: string[] = [];
  if (week.minutes > 0) facts.push(`${span(week.minutes)} logged`);
  if (week.steps > 0) facts.push(`${count(week.steps, 'step')} ticked`);
  if (week.evidence > 0) facts.push(`${count(week.evidence, 'piece')} of evidence added`);
  const done = week.done.map((task) => item(ui, `${ui.style.good('Done')}: ${task.title} ${ui.style.code(task.id)}`));
  return [...(facts.length > 0 ? [item(ui, facts.join(', '))] : []), ...done];
}

function section(ui: Ui, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [ui.style.strong(title), ...lines].join('\n');
}

function item(ui: Ui, text: string): string {
  return paragraph(ui, text, 4, `  ${ui.symbols.bullet}`);
}
