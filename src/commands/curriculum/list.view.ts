import { table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ListData } from './list.js';

const words = {
  ready: 'ready',
  missing: 'folder not found',
  invalid: 'has errors',
  elsewhere: 'on another computer',
} as const;

export function viewCurricula({ curricula }: ListData, ui: Ui): string {
  return table(ui, curricula, [
    { title: 'id', value: (each) => each.id, style: ui.style.code },
    { title: 'in use', value: (each) => (each.current ? 'yes' : '') },
    {
      title: 'state',
      value: (each) => words[each.state],
      style: (text, each) => (each.state === 'ready' ? text : ui.style.warning(text)),
    },
    { title: 'version', value: (each) => each.version ?? '' },
    { title: 'title', value: (each) => each.title ?? '' },
    { title: 'folder', value: (each) => each.folder, flexible: true, style: ui.style.faint },
  ]);
}
