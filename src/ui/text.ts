/** Laying out text for a screen of a given width. Widths are terminal columns, not characters. */
import type { Ui } from './ui.js';

/**
 * Wraps paragraphs to the screen.
 * @param indent columns to the left of every line.
 * @param first what stands in place of the indent on the first line: a bullet, say.
 */
export function paragraph(ui: Ui, text: string, indent = 0, first?: string): string {
  const margin = ' '.repeat(indent);
  const width = Math.max(16, ui.width - indent);
  const wrapped = Number.isFinite(width) ? ui.wrap(text, width) : text;
  const body = wrapped.replaceAll('\n', `\n${margin}`);
  return `${first === undefined ? margin : pad(ui, first, indent)}${body}`.replace(/[ \t]+$/gm, '');
}

/** Text followed by spaces up to `width` columns. */
export function pad(ui: Ui, text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - ui.measure(text)));
}

/** Text cut to `width` columns with an ellipsis; whole when the output is not a terminal. */
export function cut(ui: Ui, text: string, width: number): string {
  if (!ui.tty || ui.measure(text) <= width) return text;
  const { ellipsis } = ui.symbols;
  let kept = '';
  for (const character of text) {
    if (ui.measure(kept + character) > width - ellipsis.length) break;
    kept += character;
  }
  return kept.trimEnd() + ellipsis;
}

export interface Column<R> {
  readonly title: string;
  readonly value: (row: R) => string;
  readonly style?: (text: string, row: R) => string;
  readonly align?: 'left' | 'right';
  /** This column gives way first when the screen is narrow. At most one a table. */
  readonly flexible?: boolean;
}

/**
 * Rows in aligned columns, with a header on a terminal. In a pipe the cells are separated by tabs and nothing is cut,
 * so that `cut -f` and friends work.
 */
export function table<R>(ui: Ui, rows: readonly R[], columns: readonly Column<R>[]): string {
  if (!ui.tty)
    return rows.map((row) => columns.map((column) => column.value(row).replace(/\s+/g, ' ')).join('\t')).join('\n');
  const gap = 2;
  const widths = columns.map((column) =>
    Math.max(ui.measure(column.title), ...rows.map((row) => ui.measure(column.value(row)))),
  );
  const excess = widths.reduce((sum, width) => sum + width, gap * (columns.length - 1)) - ui.width;
  const flexible = columns.findIndex((column) => column.flexible);
  if (excess > 0 && flexible >= 0) widths[flexible] = Math.max(8, (widths[flexible] ?? 0) - excess);
  const line = (cells: readonly string[]) => cells.join(' '.repeat(gap)).trimEnd();
  const cell = (text: string, column: Column<R>, width: number, style?: (text: string) => string) => {
    const fitted = cut(ui, text, width);
    const space = ' '.repeat(Math.max(0, width - ui.measure(fitted)));
    const shown = style ? style(fitted) : fitted;
    return column.align === 'right' ? space + shown : shown + space;
  };
  const header = line(columns.map((column, index) => cell(column.title, column, widths[index] ?? 0, ui.style.faint)));
  const body = rows.map((row) =>
    line(
      columns.map((column, index) => {
        const { style } = column;
        return cell(column.value(row), column, widths[index] ?? 0, style && ((text) => style(text, row)));
      }),
    ),
  );
  return [header, ...body].join('\n');
}

/** A bar of `width` columns, filled to `share` (0 to 1). */
export function bar(ui: Ui, share: number, width: number): string {
  const filled = Math.round(Math.max(0, Math.min(1, share)) * width);
  return ui.style.good(ui.symbols.full.repeat(filled)) + ui.style.faint(ui.symbols.empty.repeat(width - filled));
}

/** `1 task`, `3 tasks`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  const grouped = String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped} ${number === 1 ? noun : plural}`;
}
