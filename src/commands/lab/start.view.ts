import { count, paragraph } from '../../ui/text.js';
import { spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { StartData } from './start.js';

export function viewStart(data: StartData, ui: Ui): string {
  const { style, symbols } = ui;
  const item = (text: string) => paragraph(ui, text, 4, `  ${symbols.bullet}`);
  const files = [
    ...data.written.map((name) => item(name)),
    ...data.kept.map((name) => item(`${name} ${style.faint('was there already and is left as it is')}`)),
  ];
  const blocks = [
    [
      paragraph(
        ui,
        `${style.heading(data.title)} ${style.faint(`${data.lab} ${symbols.bullet} ${spanRange(data.minutes)}`)}`,
      ),
      paragraph(ui, data.summary),
      ...(data.scenarioNote === null ? [] : [paragraph(ui, style.faint(data.scenarioNote))]),
    ].join('\n'),
    [`In ${style.code(data.folder)}`, ...files].join('\n'),
  ];
  if (data.before.length > 0) {
    blocks.push(
      [
        paragraph(ui, 'It builds on these; nothing keeps you from going on:'),
        ...data.before.map(({ id, title }) => item(`${title} ${style.code(`aisafe lab start ${id}`)}`)),
      ].join('\n'),
    );
  }
  if (data.predictions.length > 0) {
    blocks.push(
      paragraph(ui, `${count(data.predictions.length, 'prediction')} kept; they are scored when you have passed.`),
    );
  }
  const where = data.first ? `${data.file}:${data.first.line}` : data.file;
  blocks.push(
    [
      paragraph(ui, `Read README.md, then write ${data.first?.name ?? data.functions[0] ?? 'the first function'}:`),
      `  ${style.code(where)}`,
      paragraph(ui, 'and look how far you are, as often as you like:'),
      `  ${style.code(data.command)}`,
    ].join('\n'),
  );
  return blocks.join('\n\n');
}
