import { cut, pad, paragraph } from '../../ui/text.js';
import { calendarDate, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ListData, ListedTask } from './list.js';

export function viewList({ phases, showSteps }: ListData, ui: Ui): string {
  if (!ui.tty) return viewRows(phases, showSteps);
  const ids = phases.flatMap((phase) => phase.modules.flatMap((module) => module.tasks.map((task) => task.id.length)));
  const idWidth = Math.max(0, ...ids);
  return phases
    .map((phase) => {
      const head = `${ui.style.heading(phase.title)} ${ui.style.faint(`${phase.id} ${ui.symbols.bullet} ${phase.settled} of ${phase.total} done`)}`;
      const modules = phase.modules.map((module) =>
        [
          paragraph(ui, `${ui.style.strong(module.title)} ${ui.style.faint(module.id)}`, 2),
          ...module.tasks.flatMap((task) => viewTask(task, idWidth, showSteps, ui)),
        ].join('\n'),
      );
      const checkpoint = phase.checkpoint
        ? [paragraph(ui, `Self-assessment: ${ui.style.code(`aisafe check ${phase.id}`)}`, 2)]
        : [];
      return [paragraph(ui, head), ...modules, ...checkpoint].join('\n');
    })
    .join('\n\n');
}

function viewTask(task: ListedTask, idWidth: number, showSteps: boolean, ui: Ui): readonly string[] {
  const { style, symbols } = ui;
  const facts = [spanRange(task.minutes)];
  if (task.lab) facts.push('lab');
  if (task.optional) facts.push('optional');
  if (task.retired) facts.push('retired');
  if (task.deferredUntil) facts.push(`back on ${calendarDate(ui, task.deferredUntil)}`);
  const done = task.steps.filter((step) => step.done).length;
  if (done > 0 && done < task.steps.length) facts.push(`${done}/${task.steps.length}`);
  const mark = pad(ui, symbols[task.state], symbols.open.length);
  const state = task.state === 'open' ? '' : `${task.state} `;
  const markStyle = task.state === 'done' ? style.good : task.state === 'started' ? style.warning : style.faint;
  const lead = `    ${markStyle(mark)} `;
  const tail = `${state}${facts.join(', ')}`;
  const wide = ui.width >= 100;
  const lines = wide
    ? [
        `${lead}${style.code(pad(ui, task.id, idWidth))}  ${pad(ui, cut(ui, task.title, ui.width - idWidth - tail.length - 10), ui.width - idWidth - tail.length - 10)}  ${style.faint(tail)}`,
      ]
    : [
        `${lead}${cut(ui, task.title, ui.width - symbols.open.length - 5)}`,
        paragraph(ui, `${style.code(task.id)} ${style.faint(tail)}`, symbols.open.length + 5),
      ];
  if (showSteps) {
    for (const step of task.steps) {
      const stepMark = step.done ? style.good(symbols.done) : style.faint(symbols.open);
      const text = `${step.text} ${style.faint(`(${step.id}${step.done ? ', done' : ''})`)}`;
      lines.push(paragraph(ui, text, symbols.open.length + 7, `      ${stepMark}`));
    }
  }
  return lines;
}

/** One task a line, tab-separated: phase, module, id, state, low and high minutes, title. */
function viewRows(phases: ListData['phases'], showSteps: boolean): string {
  return phases
    .flatMap((phase) =>
      phase.modules.flatMap((module) =>
        module.tasks.flatMap((task) => {
          const row = [phase.id, module.id, task.id, task.state, ...task.minutes, task.title].join('\t');
          const steps = task.steps.map((step) =>
            [phase.id, module.id, `${task.id}/${step.id}`, step.done ? 'done' : 'open', '', '', step.text].join('\t'),
          );
          return showSteps ? [row, ...steps] : [row];
        }),
      ),
    )
    .join('\n');
}
