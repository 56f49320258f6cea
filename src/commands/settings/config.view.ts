import { table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ConfigData } from './config.js';

export function viewConfig({ settings }: ConfigData, ui: Ui): string {
  const [only] = settings;
  if (settings.length === 1 && only && !ui.tty) return only.value;
  return table(ui, settings, [
    { title: 'setting', value: (setting) => setting.key, style: ui.style.code },
    { title: 'value', value: (setting) => (ui.tty && setting.isPreset ? `${setting.value} (preset)` : setting.value) },
    { title: 'what it is', value: (setting) => setting.summary, flexible: true, style: ui.style.faint },
  ]);
}
