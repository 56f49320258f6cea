import type { TaskMove } from '../../core/progress/transitions.js';
import { cut, paragraph } from '../../ui/text.js';
import { calendarDate, span, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { MoveData, MovedItem } from './move.js';

export function viewMove({ move, items, unlocked }: MoveData, ui: Ui): string {
  const lines = items.flatMap((item) => [headline(move, item, ui), ...details(move, item, ui)]);
  if (unlocked.length > 0 && move !== 'start') {
    lines.push(ui.style.faint('Now open:'));
    for (const { id, title } of unlocked.slice(0, 5))
      lines.push(`  ${ui.style.code(id)}  ${cut(ui, title, Math.max(20, ui.width - id.length - 4))}`);
    if (unlocked.length > 5) lines.push(paragraph(ui, ui.style.faint(`and ${unlocked.length - 5} more`), 2));
  }
  return lines.join('\n');
}

const verbs: Readonly<Record<TaskMove, string>> = {
  start: 'Started',
  done: 'Done',
  skip: 'Skipped',
  defer: 'Put off',
  waive: 'Waived',
  reopen: 'Reopened',
};

function headline(move: TaskMove, item: MovedItem, ui: Ui): string {
  const symbol = ui.symbols[item.to];
  const what = item.step ? `${item.step.text} (${item.id})` : `${item.title} (${item.id})`;
  if (!item.changed) return paragraph(ui, `Nothing to change: ${what} is ${item.step ? 'so' : item.to} already.`, 0);
  if (item.step) return paragraph(ui, `${ui.style.good(move === 'done' ? 'Ticked' : 'Unticked')}: ${what}`, 0);
  const until = item.deferredUntil ? ` until ${calendarDate(ui, item.deferredUntil)}` : '';
  return paragraph(ui, `${symbol} ${ui.style.good(verbs[move] + until)}: ${what}`, 0);
}

function details(move: TaskMove, item: MovedItem, ui: Ui): string[] {
  const lines: string[] = [];
  const done = item.steps.filter((step) => step.done).length;
  if (move === 'start') {
    lines.push(paragraph(ui, item.why, 2), ui.style.faint(`  ${spanRange(item.minutes.estimated)}`));
    for (const step of item.steps)
      lines.push(paragraph(ui, step.text, 6, `  ${step.done ? ui.symbols.done : ui.symbols.open}`));
    for (const { title, url } of item.resources)
      lines.push(paragraph(ui, ui.link(title, url), 4, `  ${ui.symbols.arrow}`));
  } else if (item.step && item.steps.length > 0) {
    lines.push(paragraph(ui, ui.style.faint(`${done} of ${item.steps.length} steps of ${item.title}`), 2));
  } else if (move === 'done') {
    if (item.minutes.logged > 0)
      lines.push(
        ui.style.faint(`  ${span(item.minutes.logged)} logged, estimated ${spanRange(item.minutes.estimated)}`),
      );
    if (done < item.steps.length)
      lines.push(paragraph(ui, ui.style.faint(`${item.steps.length - done} of its steps were not ticked`), 2));
    if (item.evidencePrompt)
      lines.push(
        paragraph(ui, `${item.evidencePrompt}: ${ui.style.code(`aisafe evidence add ${item.id}`)} <reference>`, 2),
      );
  }
  return lines;
}
