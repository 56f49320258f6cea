import { paragraph, table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ConfigData } from './config.js';

type Setting = ConfigData['settings'][number];

export function viewConfig({ settings }: ConfigData, ui: Ui): string {
  // What a setting is for is a sentence, which no column of a terminal holds.
  if (ui.tty) return settings.map((setting) => describe(setting, ui)).join('\n');
  const [only] = settings;
  if (settings.length === 1 && only) return only.value;
  return table(ui, settings, [
    { title: 'setting', value: ({ key }) => key },
    { title: 'value', value: ({ value }) => value },
    { title: 'what it is', value: ({ summary }) => summary },
  ]);
}

function describe({ key, value, isPreset, summary }: Setting, ui: Ui): string {
  const { code, faint } = ui.style;
  const shown = value === '' ? faint('not set') : isPreset ? `${value} ${faint('(preset)')}` : value;
  return `${paragraph(ui, `${code(key)}  ${shown}`)}\n${faint(paragraph(ui, summary, 3))}`;
}
