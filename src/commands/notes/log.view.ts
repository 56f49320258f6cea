import { paragraph } from '../../ui/text.js';
import { span, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { LogData } from './log.js';

export function viewLog(data: LogData, ui: Ui): string {
  if (!ui.tty) return [data.task, data.minutes, data.total].join('\t');
  const total = data.total === data.minutes ? '' : ` ${span(data.total)} in all.`;
  return paragraph(
    ui,
    `Logged ${span(data.minutes)} on ${ui.style.strong(data.title)}.${total} The estimate is ${spanRange(data.estimated)}.`,
  );
}
