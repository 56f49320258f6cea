/** The pieces that every page of `aisafe show` is made of. */
import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { Link, TaskLink } from './links.js';

export function head(ui: Ui, title: string, id: string, place?: string): string {
  return [
    paragraph(ui, ui.style.heading(title)),
    paragraph(ui, ui.style.faint([id, ...(place ? [place] : [])].join(` ${ui.symbols.bullet} `))),
  ].join('\n');
}

export function section(ui: Ui, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [ui.style.strong(title), ...lines].join('\n');
}

export function bullet(ui: Ui, text: string): string {
  return paragraph(ui, text, 4, `  ${ui.symbols.bullet}`);
}

export function taskLines(ui: Ui, tasks: readonly TaskLink[]): readonly string[] {
  return tasks.map((task) =>
    paragraph(
      ui,
      `${task.title} ${ui.style.code(task.id)}${task.state === 'open' ? '' : ` ${ui.style.faint(task.state)}`}`,
      ui.symbols.open.length + 3,
      `  ${ui.symbols[task.state]}`,
    ),
  );
}

export function linkLines(ui: Ui, links: readonly Link[]): readonly string[] {
  return links.map(({ id, title }) => bullet(ui, `${title} ${ui.style.code(id)}`));
}
