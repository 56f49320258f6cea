import { count, pad, paragraph } from '../../ui/text.js';
import { span, spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { NextData, NextLab, NextTask } from './next.js';

export function viewNext(data: NextData, ui: Ui): string {
  const blocks: string[] = [];
  if (data.welcomeBack) blocks.push(viewWelcomeBack(data.welcomeBack, ui));
  if (data.nothing) blocks.push([paragraph(ui, data.nothing.because), ui.style.code(data.nothing.command)].join('\n'));
  blocks.push(...data.tasks.map((task, index) => viewTask(task, index + 1, data, ui)));
  if (data.due > 0) blocks.push(viewDue(data.due, ui));
  return blocks.join('\n\n');
}

/** One line: what waits for a review. */
function viewDue(due: number, ui: Ui): string {
  return paragraph(ui, `${count(due, 'question')} due for review: ${ui.style.code('aisafe review')}`);
}

function viewWelcomeBack({ days, refresh }: NonNullable<NextData['welcomeBack']>, ui: Ui): string {
  const lines = [paragraph(ui, `Good to see you again after ${count(days, 'day')}.`)];
  if (refresh.length > 0) {
    lines.push(paragraph(ui, 'Before you go on, a quick look back may help at:'));
    for (const { id, title } of refresh)
      lines.push(paragraph(ui, `${title} (${ui.style.code(`aisafe show ${id}`)})`, 4, `  ${ui.symbols.bullet}`));
  }
  return lines.join('\n');
}

function viewTask(task: NextTask, number: number, data: NextData, ui: Ui): string {
  const { style, symbols } = ui;
  const facts = [task.moduleTitle, task.kind, spanRange(task.minutes)];
  if (task.steps.total > 0)
    facts.push(
      task.steps.done > 0 ? `${task.steps.done} of ${task.steps.total} steps` : count(task.steps.total, 'step'),
    );
  if (task.optional) facts.push('optional');
  if (task.state === 'started') facts.push('begun');
  const lines = [
    paragraph(ui, style.heading(task.title), 3, `${number}.`),
    paragraph(ui, style.faint(facts.join(` ${symbols.bullet} `)), 3),
    paragraph(ui, task.why, 3),
  ];
  if (task.step && (!task.fitsWhole || task.state === 'started')) {
    lines.push(
      paragraph(
        ui,
        `${task.fitsWhole ? 'Next step' : 'In this time'}: ${task.step.text} (about ${span(task.step.minutes)})`,
        3,
      ),
    );
  }
  const [resource] = task.resources;
  if (resource) lines.push(paragraph(ui, ui.link(resource.title, resource.url), 5, `   ${symbols.arrow}`));
  if (task.lab) lines.push(...viewLab(task.lab, ui));
  if (data.showTerms) lines.push(...viewTerms(task, ui));
  lines.push(`   ${style.code(task.command)}`);
  return lines.join('\n');
}

function viewLab({ title, standing, minutes, proves, command }: NextLab, ui: Ui): readonly string[] {
  const { style, symbols } = ui;
  if (standing === 'passed') {
    const words = proves === 'full' ? 'passed: ready to tick, with proof' : 'passed';
    return [paragraph(ui, `Lab: ${title} ${style.good(words)}`, 5, `   ${symbols.done}`)];
  }
  const words = standing === 'not-started' ? spanRange(minutes) : `${standing}, ${spanRange(minutes)}`;
  return [paragraph(ui, `Lab: ${title} ${style.faint(`(${words})`)} ${style.code(command)}`, 5, `   ${symbols.arrow}`)];
}

function viewTerms(task: NextTask, ui: Ui): readonly string[] {
  const sign = (points: number) => `${points > 0 ? '+' : ''}${points}`;
  const width = Math.max(...task.terms.map((term) => sign(term.points).length), String(task.score).length);
  return [
    ...task.terms.map((term) => paragraph(ui, term.because, 5 + width, `   ${sign(term.points).padStart(width)}`)),
    `   ${pad(ui, String(task.score).padStart(width), width)}  ${ui.style.faint('score')}`,
  ];
}
