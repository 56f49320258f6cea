import { count, paragraph, table } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { ImportData } from './import.js';

/** Rows on a terminal; a pipe gets them all. */
const mostShown = 20;

export function viewImport(data: ImportData, ui: Ui): string {
  const lines = [paragraph(ui, headline(data, ui))];
  if (data.conflicts.length > 0) {
    lines.push(
      paragraph(
        ui,
        `${ui.style.warning('Kept as they are here:')} ${count(data.conflicts.length, 'event')} that the files tell otherwise (${data.conflicts.slice(0, 5).join(', ')}).`,
      ),
    );
  }
  const unknown = Object.entries(data.unknownKinds).map(([kind, number]) => `${kind} (${number})`);
  if (unknown.length > 0) lines.push(paragraph(ui, `Kept, but not understood by this version: ${unknown.join(', ')}.`));
  lines.push(...doubts(data, ui));
  if (data.tasks.length > 0) {
    const verb = data.dryRun ? 'would change' : 'changed';
    const shown = ui.tty ? data.tasks.slice(0, mostShown) : data.tasks;
    lines.push(`${count(data.tasks.length, 'task')} ${verb}:`);
    lines.push(
      table(ui, shown, [
        { title: 'Task', value: (task) => task.id, style: ui.style.code, flexible: true },
        { title: 'Before', value: (task) => `${ui.tty ? `${ui.symbols[task.from]} ` : ''}${task.from}` },
        { title: 'After', value: (task) => `${ui.tty ? `${ui.symbols[task.to]} ` : ''}${task.to}` },
      ]),
    );
    if (shown.length < data.tasks.length) lines.push(ui.style.faint(`and ${data.tasks.length - shown.length} more`));
  }
  return lines.join('\n');
}

/** What a learner should know before they go on. */
function doubts({ ahead, own, trustLeftOut, settingsElsewhere }: ImportData, { style, ...ui }: Ui): readonly string[] {
  const sentences: string[] = [];
  if (ahead > 0) {
    const what = `${count(ahead, 'event')} dated more than a day from now; what you do before then is overridden.`;
    sentences.push(`${style.warning('Ahead of the clock:')} ${what}`);
  }
  if (own > 0) {
    const what = `${count(own, 'event')} that this computer is said to have written and did not have. After a restore that is as it should be; otherwise somebody else wrote them.`;
    sentences.push(`${style.warning('In your name:')} ${what}`);
  }
  if (trustLeftOut > 0) {
    const what = `${count(trustLeftOut, 'event')} by which this computer would trust the code of a lab, or change a setting of its own (python, lab-folder, lab-time-scale). Say so here instead.`;
    sentences.push(`${style.warning('Left out:')} ${what}`);
  }
  if (settingsElsewhere.length > 0) {
    const what = `${settingsElsewhere.join(', ')}. If this one needs it too: ${style.code(`aisafe config set ${settingsElsewhere[0]} VALUE`)}`;
    sentences.push(`${style.warning('Set for another computer alone:')} ${what}`);
  }
  return sentences.map((sentence) => paragraph({ ...ui, style }, sentence));
}

function headline({ dryRun, files, added, known }: ImportData, ui: Ui): string {
  const from = files.length === 1 ? (files[0]?.file ?? '') : count(files.length, 'file');
  if (added === 0) return `Nothing new in ${from}: ${count(known, 'event')} known already.`;
  const did = dryRun ? 'Would import' : ui.style.good('Imported');
  return `${did} ${count(added, 'new event')} from ${from}; ${count(known, 'event')} known already.`;
}
