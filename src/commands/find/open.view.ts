import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { OpenData } from './open.js';

/** The address alone, so that it can be piped; with its title when a browser shows it already. */
export function viewOpen(data: OpenData, ui: Ui): string {
  if (!data.opened || !ui.tty) return data.url;
  return `${paragraph(ui, `Opened ${ui.style.strong(data.title)}`)}\n${ui.style.faint(data.url)}`;
}
