import { bar, count, cut, pad, paragraph } from '../../ui/text.js';
import { calendarDate } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import { viewNext } from '../next/next.view.js';
import type { OverviewData } from './overview.js';

export function viewOverview(data: OverviewData, ui: Ui): string {
  return data.firstRun ? viewFirstRun(data, ui) : viewReturning(data, ui);
}

function viewFirstRun({ title, phases }: OverviewData, ui: Ui): string {
  const tasks = phases.reduce((sum, phase) => sum + phase.total, 0);
  return [
    paragraph(ui, ui.style.heading('aisafe: a study tutor for people moving into technical AI safety research')),
    paragraph(
      ui,
      `${title}: ${count(tasks, 'task')} in ${count(phases.length, 'phase')}, an evening at a time. Everything stays on this computer.`,
    ),
    [`To begin, type:`, `  ${ui.style.code('aisafe next')}`].join('\n'),
    paragraph(
      ui,
      `To tell it about your background and your week first: ${ui.style.code('aisafe init')}. All commands: ${ui.style.code('aisafe --help')}`,
    ),
  ].join('\n\n');
}

function viewReturning(data: OverviewData, ui: Ui): string {
  const labelWidth = Math.min(
    Math.max(...data.phases.map((phase) => phase.title.length)),
    Math.max(16, Math.min(ui.width, 120) - 34),
  );
  const bars = data.phases.map((phase) => {
    const label = pad(ui, cut(ui, phase.title, labelWidth), labelWidth);
    const drawn = ui.tty ? `${bar(ui, phase.share, 16)} ` : '';
    return `${label} ${drawn}${`${Math.round(phase.share * 100)} %`.padStart(5)}  ${ui.style.faint(`${phase.settled} of ${phase.total}`)}`;
  });
  const blocks = [bars.join('\n'), viewNext(data.next, ui)];
  if (data.deadlines.length > 0) {
    const lines = data.deadlines.map(({ id, title, closes, days }) => {
      const soon = days === 0 ? 'today' : `in ${count(days, 'day')}`;
      return paragraph(
        ui,
        `${title} closes on ${calendarDate(ui, closes)}, ${soon} ${ui.style.code(`aisafe programs ${id}`)}`,
        4,
        `  ${ui.symbols.bullet}`,
      );
    });
    blocks.push([ui.style.strong('Applications'), ...lines].join('\n'));
  }
  return blocks.join('\n\n');
}
