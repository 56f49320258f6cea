import { referenceText } from '../../core/assessment/reference.js';
import type { Resource } from '../../core/curriculum/model.js';
import { paragraph } from '../../ui/text.js';
import { calendarDate, span, spanRange, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import { bullet, head, section, taskLines } from './parts.view.js';
import type { ShowData } from './show.js';

export function viewTask(data: Extract<ShowData, { kind: 'task' }>, ui: Ui): readonly string[] {
  const { task } = data;
  const { bullet: dot } = ui.symbols;
  const facts = [
    task.kind,
    spanRange(data.minutesLeft),
    `difficulty ${task.difficulty}/5`,
    `importance ${task.importance}/5`,
  ];
  if (task.optional) facts.push('optional');
  if (task.tracks) facts.push(`track ${task.tracks.join(', ')}`);
  const settled = data.state === 'done' || data.state === 'waived' || data.state === 'skipped';
  return [
    head(ui, task.title, data.id, `${data.phase.title} ${ui.symbols.arrow} ${data.module.title}`),
    [paragraph(ui, facts.join(` ${dot} `)), ...stateLines(data, ui)].join('\n'),
    paragraph(ui, task.why),
    section(
      ui,
      'Steps',
      data.steps.map((step) =>
        paragraph(
          ui,
          `${step.text} ${ui.style.faint(`(${step.id}${step.done ? ', done' : ''})`)}`,
          ui.symbols.open.length + 3,
          `  ${step.done ? ui.symbols.done : ui.symbols.open}`,
        ),
      ),
    ),
    section(
      ui,
      'Read first',
      data.briefs.map((brief) => bullet(ui, `${brief.title}: ${ui.style.code(`aisafe show ${brief.id}`)}`)),
    ),
    section(
      ui,
      'Resources',
      data.resources.map((resource) => bullet(ui, resourceLine(resource, ui))),
    ),
    section(ui, 'Lab', labLines(data, ui)),
    section(ui, 'Comes after', taskLines(ui, data.requires)),
    section(ui, 'Opens', taskLines(ui, data.unlocks)),
    data.concepts.length > 0 ? paragraph(ui, `Concepts: ${data.concepts.map(({ id }) => id).join(', ')}`) : '',
    section(
      ui,
      'Your evidence',
      data.evidence.map((evidence) =>
        bullet(
          ui,
          `${referenceText(evidence.reference)} ${ui.style.faint(`(${evidence.id}, ${when(ui, evidence.addedAt)})`)}`,
        ),
      ),
    ),
    task.evidence && data.evidence.length === 0
      ? paragraph(ui, `${task.evidence.prompt}: ${ui.style.code(`aisafe evidence add ${data.id}`)} <reference>`)
      : '',
    settled
      ? ui.style.code(`aisafe reopen ${data.id}`)
      : data.state === 'started'
        ? ui.style.code(`aisafe done ${data.id}`)
        : ui.style.code(`aisafe start ${data.id}`),
  ];
}

function labLines({ lab, id, state }: Extract<ShowData, { kind: 'task' }>, ui: Ui): readonly string[] {
  if (!lab) return [];
  const { style } = ui;
  const proves = lab.proves === 'full' ? 'a pass is all of this task' : 'a pass is part of this task';
  const facts =
    lab.standing === 'passed' ? `passed, ${when(ui, lab.pass?.at ?? '')}` : `${spanRange(lab.minutes)}, ${proves}`;
  const lines = [bullet(ui, `${lab.title} ${style.faint(`(${facts})`)} ${style.code(lab.command)}`)];
  if (lab.standing === 'passed' && lab.proves === 'full' && state !== 'done')
    lines.push(bullet(ui, `${style.good('Ready to tick, with proof')}: ${style.code(`aisafe done ${id}`)}`));
  return lines;
}

function stateLines(data: Extract<ShowData, { kind: 'task' }>, ui: Ui): readonly string[] {
  const lines: string[] = [];
  const { style, symbols } = ui;
  const mark = `${symbols[data.state]} ${data.state}`;
  const since = data.stateSince && data.state !== 'open' ? ` since ${when(ui, data.stateSince)}` : '';
  const until =
    data.state === 'deferred' && data.deferredUntil ? `, back on ${calendarDate(ui, data.deferredUntil)}` : '';
  lines.push(
    paragraph(
      ui,
      `${data.state === 'done' ? style.good(mark) : mark}${style.faint(since + until)}${data.reason ? `: ${data.reason}` : ''}`,
    ),
  );
  if (data.minutesLogged > 0) lines.push(paragraph(ui, style.faint(`${span(data.minutesLogged)} logged`)));
  if (data.changedSince)
    lines.push(paragraph(ui, style.warning('This task has been edited since you last touched it.')));
  return lines;
}

function resourceLine(resource: Resource, ui: Ui): string {
  const facts = [
    resource.type,
    ...(resource.minutes ? [spanRange(resource.minutes)] : []),
    ...(resource.cost === 'free' ? [] : [resource.cost]),
  ];
  return `${ui.link(resource.title, resource.url)} ${ui.style.faint(`${ui.symbols.bullet} ${resource.by} ${ui.symbols.bullet} ${facts.join(', ')}`)} ${ui.style.code(resource.id)}`;
}
