import { count, pad, paragraph, table } from '../../ui/text.js';
import { span, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { InitData, PhaseForecast } from './init.js';

export function viewInit(data: InitData, ui: Ui): string {
  return [
    profile(data, ui),
    ...(data.backgroundEstimate ? [background(data.backgroundEstimate, ui)] : []),
    forecast(data, ui),
  ].join('\n\n');
}

function profile(data: InitData, ui: Ui): string {
  const rows = [
    [
      'Background',
      data.background === null
        ? 'not said'
        : data.background === 'stem'
          ? 'with mathematics (stem)'
          : 'mathematics mostly new (other)',
    ],
    ['Hours a week', data.hoursPerWeek === null ? 'not said' : String(data.hoursPerWeek)],
    ['Focus', data.track ? `${data.track.title} (${data.track.id})` : 'none yet: aisafe focus'],
    ['Known already', data.waived.length === 0 ? 'nothing marked' : count(data.waived.length, 'task')],
  ] as const;
  if (!ui.tty) return rows.map((row) => row.join('\t')).join('\n');
  return rows.map(([label, value]) => paragraph(ui, value, 15, ui.style.faint(pad(ui, label, 15)))).join('\n');
}

function background(
  { phase, tasks, refresher, fromScratch, used }: NonNullable<InitData['backgroundEstimate']>,
  ui: Ui,
): string {
  const [taken, other, otherwise] =
    used === 'refresher'
      ? [refresher, fromScratch, 'for someone to whom it is new']
      : [fromScratch, refresher, 'as a refresher'];
  return paragraph(
    ui,
    `The mathematics of “${phase}” (${count(tasks, 'task')}) is counted as ${spanRange(taken)}; ${otherwise} it would be ${spanRange(other)}.`,
  );
}

function forecast({ forecast, hoursPerWeek }: InitData, ui: Ui): string {
  const columns = [
    { title: 'phase', value: (row: PhaseForecast) => row.title, flexible: true },
    {
      title: 'left',
      value: (row: PhaseForecast) => (ui.tty ? span(row.minutes) : String(row.minutes)),
      align: 'right' as const,
    },
    ...(hoursPerWeek === null
      ? []
      : [
          {
            title: `at ${hoursPerWeek} h a week`,
            value: (row: PhaseForecast) => weeks(row.weeks, ui),
            align: 'right' as const,
          },
        ]),
  ];
  const rows = [...forecast.phases, { id: '', title: 'All phases', minutes: forecast.minutes, weeks: forecast.weeks }];
  const body = table(ui, rows, columns);
  if (!ui.tty) return body;
  const advice =
    'Phases overlap, and nobody needs all of it before beginning to contribute. Optional tasks are not counted.';
  return `${body}\n\n${paragraph(ui, ui.style.faint(advice))}`;
}

function weeks(number: number | null, ui: Ui): string {
  if (number === null) return '';
  if (!ui.tty) return String(number);
  if (number < 1) return number === 0 ? 'nothing' : 'under a week';
  const whole = Math.round(number);
  return whole < 100 ? count(whole, 'week') : `${Math.round(number / 26) / 2} years`;
}
