import { count, paragraph } from '../../ui/text.js';
import { spanRange, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import { bullet, head, linkLines, section, taskLines } from './parts.view.js';
import type { ShowData } from './show.js';

const standingWords = {
  'not-started': 'not started',
  started: 'started',
  assisted: 'passed with the solution seen before',
  passed: 'passed',
} as const;

export function viewLab(data: Extract<ShowData, { kind: 'lab' }>, ui: Ui): readonly string[] {
  const { lab, standing } = data;
  const facts = ['lab', spanRange(standing.minutes), `difficulty ${lab.difficulty}/5`];
  if (lab.tracks) facts.push(`track ${lab.tracks.join(', ')}`);
  return [
    head(ui, lab.title, lab.id, lab.phase),
    [paragraph(ui, facts.join(` ${ui.symbols.bullet} `)), paragraph(ui, standingLine(data, ui))].join('\n'),
    paragraph(ui, lab.summary),
    lab.scenario_note ? paragraph(ui, ui.style.faint(lab.scenario_note)) : '',
    paragraph(ui, `You write in ${lab.file}: ${lab.functions.join(', ')}`),
    section(ui, 'Builds on', linkLines(ui, data.builds_on)),
    section(ui, 'Part of', taskLines(ui, data.tasks)),
    data.concepts.length > 0 ? paragraph(ui, `Concepts: ${data.concepts.map(({ id }) => id).join(', ')}`) : '',
    section(
      ui,
      'Further reading',
      data.resources.map((resource) =>
        bullet(ui, `${ui.link(resource.title, resource.url)} ${ui.style.code(resource.id)}`),
      ),
    ),
    ui.style.code(standing.command),
  ];
}

function standingLine({ standing }: Extract<ShowData, { kind: 'lab' }>, ui: Ui): string {
  const words = standingWords[standing.standing];
  const marked = standing.standing === 'passed' ? ui.style.good(words) : words;
  const facts = [
    ...(standing.pass ? [when(ui, standing.pass.at), `seed ${standing.pass.seed}`] : []),
    ...(standing.attempts > 0 ? [count(standing.attempts, 'run')] : []),
    ...(standing.hints > 0 ? [`${count(standing.hints, 'hint')} seen`] : []),
  ];
  return `${marked}${facts.length > 0 ? ` ${ui.style.faint(`(${facts.join(', ')})`)}` : ''}`;
}
