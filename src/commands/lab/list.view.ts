import { cut, pad, paragraph } from '../../ui/text.js';
import { spanRange } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ListData, ListedLab } from './list.js';

const standingWords = { 'not-started': '', started: 'started', assisted: 'assisted', passed: 'passed' } as const;

export function viewLabs({ labs }: ListData, ui: Ui): string {
  if (!ui.tty) return labs.map(viewRow).join('\n');
  const phases = [...new Set(labs.map(({ phase }) => phase))];
  const idWidth = Math.max(0, ...labs.map(({ id }) => id.length));
  return phases
    .map((phase) => {
      const own = labs.filter((lab) => lab.phase === phase);
      const passed = own.filter(({ standing }) => standing === 'passed').length;
      const head = `${ui.style.heading(phase)} ${ui.style.faint(`${passed} of ${own.length} passed`)}`;
      return [paragraph(ui, head), ...own.flatMap((lab) => viewLab(lab, idWidth, ui))].join('\n');
    })
    .join('\n\n');
}

/** One line when it fits: mark, id, title, then what there is to say. */
function viewLab(lab: ListedLab, idWidth: number, ui: Ui): readonly string[] {
  const { style, symbols } = ui;
  const state = {
    'not-started': symbols.open,
    started: symbols.started,
    assisted: symbols.waived,
    passed: symbols.done,
  };
  const colour = { 'not-started': style.faint, started: style.warning, assisted: style.warning, passed: style.good };
  const lead = `  ${colour[lab.standing](pad(ui, state[lab.standing], symbols.open.length))} `;
  const facts = [
    ...(standingWords[lab.standing] === '' ? [] : [standingWords[lab.standing]]),
    ...(lab.changedSince ? ['changed since'] : []),
    ...(lab.standing === 'passed' ? [] : [spanRange(lab.minutes)]),
    ...(lab.tasks.some(({ proves }) => proves === 'full') ? ['proves its task'] : []),
  ].join(', ');
  const room = ui.width - symbols.open.length - idWidth - facts.length - 7;
  if (room >= 24) {
    const title = pad(ui, cut(ui, lab.title, room), room);
    return [`${lead}${style.code(pad(ui, lab.id, idWidth))}  ${title}  ${style.faint(facts)}`.trimEnd()];
  }
  return [
    `${lead}${cut(ui, lab.title, ui.width - symbols.open.length - 4)}`,
    paragraph(ui, `${style.code(lab.id)} ${style.faint(facts)}`, symbols.open.length + 3),
  ];
}

/** Tab-separated: phase, id, standing, low and high minutes, title. */
function viewRow({ phase, id, standing, minutes, title }: ListedLab): string {
  return [phase, id, standing, ...minutes, title].join('\t');
}
