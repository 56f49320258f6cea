import type { ApplicationWindow, Resource } from '../../core/curriculum/model.js';
import { pad, paragraph } from '../../ui/text.js';
import { calendarDate, spanRange, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { Link } from './links.js';
import { bullet, head, linkLines, section, taskLines } from './parts.view.js';
import type { ShowData } from './show.js';
import { viewLab } from './show-lab.view.js';
import { viewTask } from './show-task.view.js';

export function viewShow(data: ShowData, ui: Ui): string {
  const blocks = [...viewItem(data, ui)];
  if (data.notes.length > 0) {
    blocks.push(
      section(
        ui,
        'Your notes',
        data.notes.map((note) => bullet(ui, `${note.text} ${ui.style.faint(`(${when(ui, note.at)})`)}`)),
      ),
    );
  }
  return blocks.filter((block) => block !== '').join('\n\n');
}

function viewItem(data: ShowData, ui: Ui): readonly string[] {
  switch (data.kind) {
    case 'phase':
      return [
        head(ui, data.phase.title, data.id),
        paragraph(ui, data.phase.summary ?? ''),
        section(
          ui,
          'Modules',
          data.modules.map((module) =>
            bullet(
              ui,
              `${module.title} ${ui.style.code(module.id)} ${ui.style.faint(`${module.settled} of ${module.total} done`)}`,
            ),
          ),
        ),
        data.checkpoint ? paragraph(ui, `${data.checkpoint.title}: ${ui.style.code(`aisafe check ${data.id}`)}`) : '',
      ];
    case 'module':
      return [
        head(ui, data.module.title, data.id, data.phase.title),
        paragraph(ui, data.module.summary ?? ''),
        section(ui, 'Tasks', taskLines(ui, data.tasks)),
      ];
    case 'task':
      return viewTask(data, ui);
    case 'lab':
      return viewLab(data, ui);
    case 'step':
      return [
        head(ui, data.step.text, data.id, data.task.title),
        data.done ? `Done ${when(ui, data.doneAt ?? '')}` : ui.style.code(`aisafe done ${data.id}`),
      ];
    case 'checkpoint':
      return [
        head(ui, data.checkpoint.title, data.id, data.phase.title),
        paragraph(ui, data.checkpoint.summary ?? ''),
        section(
          ui,
          'Criteria',
          data.criteria.map((criterion) =>
            bullet(
              ui,
              `${criterion.title} ${ui.style.faint(criterion.level === null ? 'not answered' : `level ${criterion.level}, passes at ${criterion.pass}`)}`,
            ),
          ),
        ),
        ui.style.code(`aisafe check ${data.phase.id}`),
      ];
    case 'criterion':
      return [
        head(ui, data.criterion.question, data.id, data.checkpoint.title),
        section(
          ui,
          'Levels',
          data.criterion.levels.map((level, index) => levelLine(ui, level, index, data.criterion.pass, data.level)),
        ),
        section(ui, 'Tasks that prepare for it', taskLines(ui, data.tasks)),
        section(ui, 'Concepts', linkLines(ui, data.concepts)),
      ];
    case 'concept':
      return [
        head(ui, data.concept.name, data.id, 'concept'),
        paragraph(ui, data.concept.meaning),
        data.concept.aka ? paragraph(ui, `Also called ${data.concept.aka.join(', ')}.`) : '',
        section(ui, 'Builds on', linkLines(ui, data.requires)),
        section(ui, 'Needed for', linkLines(ui, data.requiredBy)),
        section(ui, 'Taught by', taskLines(ui, data.taughtBy)),
      ];
    case 'resource':
      return [
        ...viewResource(data.resource, data.supersededBy, ui),
        section(ui, 'Used by', taskLines(ui, data.usedBy)),
        ui.style.code(`aisafe open ${data.id}`),
      ];
    case 'program':
      return viewProgram(data.program, ui);
    case 'brief':
      return [
        head(ui, data.brief.title, data.id),
        ...data.brief.text
          .split(/\n{2,}|\n/)
          .filter((text) => text.trim() !== '')
          .map((text) => paragraph(ui, text.trim())),
        section(
          ui,
          'Facts',
          (data.brief.facts ?? []).map((fact) =>
            bullet(
              ui,
              `${fact.text} ${ui.style.faint(`(as of ${calendarDate(ui, fact.as_of)}; ${fact.source.join(', ')})`)}`,
            ),
          ),
        ),
        section(
          ui,
          'Sources',
          data.sources.map((resource) =>
            bullet(ui, `${ui.link(resource.title, resource.url)} ${ui.style.code(resource.id)}`),
          ),
        ),
        data.brief.see
          ? paragraph(ui, `See also: ${data.brief.see.map((id) => ui.style.code(`aisafe show ${id}`)).join(', ')}`)
          : '',
      ];
    case 'track':
      return [
        head(ui, data.track.title, data.id, 'track'),
        paragraph(ui, data.track.summary),
        paragraph(ui, data.track.choose_if ?? ''),
        section(
          ui,
          'Open questions',
          (data.track.questions ?? []).map((question) => bullet(ui, question)),
        ),
        section(ui, 'Tasks of its own', taskLines(ui, data.tasks)),
      ];
  }
}

function viewResource(resource: Resource, supersededBy: Link | null, ui: Ui): readonly string[] {
  const facts = [resource.type, resource.cost, ...(resource.minutes ? [spanRange(resource.minutes)] : [])];
  if (resource.phases) facts.push(resource.phases.join(', '));
  const old = resource.status === 'superseded' || resource.status === 'partly-superseded';
  const replacement = supersededBy ? ` by ${supersededBy.title} (${supersededBy.id})` : '';
  return [
    head(ui, resource.title, resource.id, `${resource.by}${resource.year ? `, ${resource.year}` : ''}`),
    paragraph(ui, facts.join(` ${ui.symbols.bullet} `)),
    old
      ? paragraph(
          ui,
          ui.style.warning(`${resource.status === 'superseded' ? 'Superseded' : 'Partly superseded'}${replacement}.`),
        )
      : '',
    paragraph(ui, resource.note ?? ''),
    [
      paragraph(ui, resource.url),
      resource.checked ? ui.style.faint(`last seen ${calendarDate(ui, resource.checked)}`) : '',
    ]
      .filter(Boolean)
      .join('\n'),
  ];
}

function viewProgram(program: Extract<ShowData, { kind: 'program' }>['program'], ui: Ui): readonly string[] {
  const facts: [string, string | undefined][] = [
    ['Where', program.where],
    ['Commitment', program.commitment],
    ['Pay', program.pay],
    ['When', program.cadence],
    ['Asks for', program.asks],
    ['Have ready', program.prepares],
    ['Checkpoints', program.checkpoints?.join(', ')],
  ];
  return [
    head(ui, program.title, program.id, `${program.type} by ${program.by}`),
    facts.flatMap(([label, value]) => (value ? [paragraph(ui, value, 14, pad(ui, `${label}:`, 14))] : [])).join('\n'),
    section(
      ui,
      program.rolling ? 'Windows (rolling admission)' : 'Windows',
      program.windows.map((window) => bullet(ui, windowLine(window, ui))),
    ),
    paragraph(
      ui,
      `${program.url}${program.checked ? ui.style.faint(`  last seen ${calendarDate(ui, program.checked)}`) : ''}`,
    ),
  ];
}

function windowLine(window: ApplicationWindow, ui: Ui): string {
  const part = (label: string, date: string | undefined) => (date ? [`${label} ${calendarDate(ui, date)}`] : []);
  const dates = [
    ...part('opens', window.opens),
    ...part('closes', window.closes),
    ...part('starts', window.starts),
    ...part('ends', window.ends),
  ];
  return `${window.name}: ${dates.join(', ') || 'no dates yet'} ${ui.style.faint(`(${window.status} as of ${calendarDate(ui, window.as_of)}; ${window.source})`)}${window.note ? ` ${window.note}` : ''}`;
}

function levelLine(ui: Ui, level: string, index: number, pass: number, reached: number | null): string {
  const marks = [index === pass ? 'passes' : '', index === reached ? 'you' : ''].filter(Boolean).join(', ');
  return paragraph(ui, `${level}${marks ? ` ${ui.style.faint(`(${marks})`)}` : ''}`, 5, `  ${index}.`);
}
