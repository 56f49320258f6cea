/** The portfolio: a page that a person may put on the web. Only what they would show is on it. */

import { type Item, titleOf } from '../core/curriculum/model.js';
import type { ExportSource } from '../core/exports/export-source.js';
import { focusTrack } from '../core/progress/progress.js';
import type { ExportFormat } from './format.js';
import { passedCheckpoints } from './markdown-checkpoints.js';
import { passedLabs } from './markdown-labs.js';
import { type Page, readPage } from './markdown-page.js';
import { markdownEvidence, markdownText } from './markdown-text.js';

export const markdown: ExportFormat = {
  needs: 'everything',
  isForMachines: false,
  parts: ['all'],
  *write(source, { notes }) {
    const page = readPage(source, notes);
    yield* heading(page);
    yield* passedCheckpoints(page);
    yield* passedLabs(page);
    yield* learned(page);
    yield* evidenceList(page);
    yield* timeTable(page);
    if (notes) yield* noteList(page);
    const { title, version } = source.curriculum;
    yield `---\n\nMade with aisafe from “${markdownText(title)}”, version ${markdownText(version)}.\n`;
  },
};

function* heading({ source, data, tasks, dayOf }: Page): Generator<string> {
  const { curriculum, progress } = source;
  const track = curriculum.tracks?.find((each) => each.id === focusTrack(progress, curriculum));
  yield `# Portfolio: ${markdownText(curriculum.title)}\n\n`;
  if (track) yield `**Focus:** ${markdownText(track.title)}\n\n`;
  const times = (data.events ?? []).map((event) => event.at);
  const [first, last] = [times[0], times.at(-1)];
  const done = tasks.filter((task) => task.state === 'done').length;
  const minutes = tasks.reduce((sum, task) => sum + task.minutes, 0);
  const parts = [
    amount(done, 'task'),
    `${hours(minutes)} logged`,
    amount(data.evidence?.length ?? 0, 'piece', 'pieces', ' of evidence'),
  ];
  const days = new Set([first, last].flatMap((at) => (at === undefined ? [] : dayOf(at))));
  const period = days.size > 0 ? `${[...days].join(' to ')}: ` : '';
  yield `${period}${parts[0]} done, ${parts[1]}, ${parts[2]}.\n\n`;
}

function* learned({ source, tasks, evidence, dayOf }: Page): Generator<string> {
  const done = tasks.filter((task) => task.state === 'done');
  if (done.length === 0) return;
  yield '## What I learned\n\n';
  for (const [phase, title] of phaseTitles(source)) {
    const ofPhase = done.filter((task) => task.phase === phase);
    if (ofPhase.length === 0) continue;
    yield `### ${markdownText(title)}\n\n`;
    for (const task of ofPhase) {
      const particulars = [
        task.kind,
        task.stateSince && dayOf(task.stateSince),
        task.minutes > 0 && hours(task.minutes),
      ].filter(Boolean);
      yield `- **${markdownText(task.title ?? task.id)}** (${particulars.join(', ')})\n`;
      for (const id of task.evidence) {
        const shown = evidence.get(id);
        if (shown) yield `  - ${markdownEvidence(shown.reference)}\n`;
      }
    }
    yield '\n';
  }
}

/** The phases in order; null stands for what the curriculum in use does not hold. */
function phaseTitles({ curriculum }: ExportSource): readonly (readonly [string | null, string])[] {
  return [...curriculum.phases.map((phase) => [phase.id, phase.title] as const), [null, 'Elsewhere'] as const];
}

function* evidenceList({ evidence, items, source, dayOf, withNotes }: Page): Generator<string> {
  if (evidence.size === 0) return;
  yield '## Evidence\n\n';
  for (const { reference, items: names, note, addedAt, verified } of evidence.values()) {
    const about = names.map((name) => titleIn(source, items, name)).join('; ');
    const standing = verified ? `, ${verified.holds ? 'checked' : 'did not hold'} on ${dayOf(verified.at)}` : '';
    yield `- ${dayOf(addedAt)}: ${markdownEvidence(reference)}${about ? ` for ${about}` : ''}${standing}\n`;
    if (withNotes && note !== null) yield `  - ${markdownText(note)}\n`;
  }
  yield '\n';
}

function titleIn({ curriculum }: ExportSource, items: ReadonlyMap<string, Item>, name: string): string {
  const item = name.startsWith(`${curriculum.id}/`) ? items.get(name.slice(curriculum.id.length + 1)) : undefined;
  return markdownText(item ? titleOf(item) : name);
}

function* timeTable({ source, tasks }: Page): Generator<string> {
  const rows = phaseTitles(source).flatMap(([phase, title]) => {
    const minutes = tasks.filter((task) => task.phase === phase).reduce((sum, task) => sum + task.minutes, 0);
    return minutes > 0 ? [`| ${markdownText(title)} | ${hours(minutes)} |\n`] : [];
  });
  if (rows.length === 0) return;
  yield '## Time invested\n\n| Phase | Time |\n| --- | ---: |\n';
  yield* rows;
  yield '\n';
}

function* noteList({ data, items, source, dayOf }: Page): Generator<string> {
  const notes = data.notes ?? [];
  if (notes.length === 0) return;
  yield '## Notes\n\n';
  for (const { item, text, at } of notes)
    yield `- ${dayOf(at)}, ${titleIn(source, items, item)}: ${markdownText(text)}\n`;
  yield '\n';
}

function hours(minutes: number): string {
  return minutes < 60 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 6) / 10} h`;
}

function amount(number: number, noun: string, plural = `${noun}s`, rest = ''): string {
  return `${number} ${number === 1 ? noun : plural}${rest}`;
}
