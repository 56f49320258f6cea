import { type ProgramState, programStates } from '../../core/programs/windows.js';
import { paragraph, table } from '../../ui/text.js';
import { calendarDate } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { NeededCheckpoint, ProgramRow, ProgramsData, WindowRow } from './programs.js';

const headings: Readonly<Record<ProgramState, string>> = {
  open: 'Open now',
  upcoming: 'Opening next',
  rolling: 'Rolling: apply at any time',
  unknown: 'Dates not known',
  past: 'Last round is over',
};

const warning =
  'Dates change. Each is shown with where it was found and when; check it on the program’s own page before you plan around it.';

export function viewPrograms(data: ProgramsData, ui: Ui): string {
  if (data.programs.length === 0) return '';
  if (data.whole) return data.programs.map((program) => viewWhole(program, ui)).join('\n\n');
  if (!ui.tty) return viewTable(data, ui);
  const groups = programStates.flatMap((state) => {
    const group = data.programs.filter((program) => program.state === state);
    if (group.length === 0) return [];
    return [[ui.style.heading(headings[state]), ...group.map((program) => viewRow(program, ui))].join('\n\n')];
  });
  return [...groups, paragraph(ui, ui.style.warning(warning))].join('\n\n');
}

function viewTable(data: ProgramsData, ui: Ui): string {
  return table(ui, data.programs, [
    { title: 'state', value: (row) => row.state },
    { title: 'id', value: (row) => row.id },
    { title: 'title', value: (row) => row.title },
    { title: 'type', value: (row) => row.type },
    { title: 'opens', value: (row) => row.windows[0]?.opens ?? '' },
    { title: 'closes', value: (row) => row.windows[0]?.closes ?? '' },
    { title: 'starts', value: (row) => row.windows[0]?.starts ?? '' },
    { title: 'dates', value: (row) => row.windows[0]?.status ?? '' },
    { title: 'as of', value: (row) => row.windows[0]?.asOf ?? row.checked ?? '' },
    { title: 'needs', value: (row) => row.checkpoints.map(({ id, standing }) => `${id}:${standing}`).join(',') },
    { title: 'url', value: (row) => row.url },
  ]);
}

function viewRow(program: ProgramRow, ui: Ui): string {
  const title = `${ui.style.strong(program.title)}  ${ui.style.code(program.id)}`;
  if (program.state === 'past') {
    const [last] = program.windows;
    return [paragraph(ui, title, 2), ...(last ? [windowLine(last, ui, 4)] : [])].join('\n');
  }
  const shown = program.windows.filter(({ state }) => state !== 'past');
  const needed = needsText(program, ui);
  return [
    paragraph(ui, title, 2),
    paragraph(ui, facts(program, ui), 4),
    ...shown.map((window) => windowLine(window, ui, 4)),
    ...(program.asks ? [paragraph(ui, `Asks for: ${program.asks}`, 4)] : []),
    ...(needed === null ? [] : [paragraph(ui, `Be ready in: ${needed}`, 4)]),
  ].join('\n');
}

function viewWhole(program: ProgramRow, ui: Ui): string {
  const part = (label: string, text: string | null) =>
    text === null ? [] : [paragraph(ui, text, 14, ui.style.faint(label))];
  return [
    paragraph(ui, `${ui.style.heading(program.title)}  ${ui.style.code(program.id)}`),
    paragraph(ui, `${program.by} ${ui.symbols.bullet} ${program.type}`),
    '',
    ...part('Page', ui.link(program.url, program.url)),
    ...part('Where', program.where),
    ...part('Time', program.commitment),
    ...part('Pay', program.pay),
    ...part('How often', program.cadence),
    ...part('Tracks', program.tracks.length > 0 ? program.tracks.join(', ') : null),
    ...part('Asks for', program.asks),
    ...part('Have ready', program.prepares),
    ...part('Be ready in', needsText(program, ui)),
    '',
    ui.style.heading('Windows'),
    ...(program.rolling ? [paragraph(ui, 'Takes applications at any time.', 2)] : []),
    ...program.windows.flatMap((window) => [
      windowLine(window, ui, 2),
      paragraph(ui, ui.style.faint(`Source: ${window.source}`), 4),
    ]),
    ...(program.windows.length === 0 && !program.rolling ? [paragraph(ui, 'No dates known.', 2)] : []),
    '',
    paragraph(
      ui,
      ui.style.warning(
        program.checked ? `${warning} Page last looked at on ${calendarDate(ui, program.checked)}.` : warning,
      ),
    ),
  ].join('\n');
}

function facts(program: ProgramRow, ui: Ui): string {
  return [program.by, program.type, program.where, program.commitment]
    .filter((each) => each !== null)
    .join(` ${ui.symbols.bullet} `);
}

function needsText(program: ProgramRow, ui: Ui): string | null {
  const groups = (['passed', 'not-ready', 'not-taken'] as const).flatMap((standing) => {
    const phases = program.checkpoints.filter((each) => each.standing === standing).map(({ phase }) => phase);
    return phases.length === 0 ? [] : [`${phases.join(', ')} ${standingText(standing, ui)}`];
  });
  return groups.length === 0 ? null : groups.join('; ');
}

function standingText(standing: NeededCheckpoint['standing'], ui: Ui): string {
  if (standing === 'passed') return ui.style.good('(passed)');
  return standing === 'not-ready' ? ui.style.warning('(not ready at the last check)') : '(not checked yet)';
}

function windowLine(window: WindowRow, ui: Ui, indent: number): string {
  const sureness = {
    confirmed: 'confirmed by the program',
    reported: 'reported elsewhere',
    expected: 'expected from earlier rounds',
  };
  const run =
    window.starts &&
    `program from ${calendarDate(ui, window.starts)}${window.ends ? ` to ${calendarDate(ui, window.ends)}` : ''}`;
  const dates = [timing(window, ui), run].filter(Boolean).join('; ');
  const text = `${window.name}: ${dates} ${ui.style.faint(`(${sureness[window.status]}, as of ${calendarDate(ui, window.asOf)})`)}`;
  return paragraph(
    ui,
    window.note ? `${text} ${window.note}` : text,
    indent + 2,
    `${' '.repeat(indent)}${ui.symbols.bullet}`,
  );
}

function timing(window: WindowRow, ui: Ui): string {
  const closes = window.closes && calendarDate(ui, window.closes);
  const opens = window.opens && calendarDate(ui, window.opens);
  switch (window.state) {
    case 'open': {
      const until = closes
        ? `apply by ${closes}${inDays(window.closes, window.closesIn, ui)}`
        : `open since ${opens}, closing date not known`;
      const unsure = window.thisMonth ? ', day not known' : '';
      return `${ui.style.good(until)}${unsure}${closes && !opens ? ', opening date not known' : ''}`;
    }
    case 'upcoming':
      return `opens ${opens}${inDays(window.opens, window.opensIn, ui)}${closes ? `, closes ${closes}` : ''}`;
    case 'unknown':
      return 'application dates not known';
    case 'past':
      return closes ? `closed ${closes}` : 'over';
  }
}

/** How far off a day is; nothing when only its month is known. */
function inDays(date: string | null, days: number | null, ui: Ui): string {
  if (date?.length !== 10 || days === null || !ui.tty) return '';
  if (days === 0) return ' (today)';
  return days === 1 ? ' (tomorrow)' : days < 60 ? ` (in ${days} days)` : '';
}
