import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { BugHuntData } from './bughunt.js';
import { viewChecks } from './check.view.js';

export function viewBugHunt(data: BugHuntData, ui: Ui): string {
  const { style } = ui;
  const { title, file, run, command } = data;
  switch (data.state) {
    case 'started':
    case 'open': {
      const words =
        data.state === 'started'
          ? 'A colleague has implemented it, with one mistake. Find it by reading and by trying things out; mend it in place.'
          : 'This hunt is still open. Find the mistake and mend it in place.';
      return [
        paragraph(ui, `${style.heading(`Bug hunt: ${title}`)}`),
        paragraph(ui, words),
        `  ${style.code(file)}`,
        paragraph(ui, 'When you think that it is right:'),
        `  ${style.code(command)}`,
      ].join('\n');
    }
    case 'not-yet':
      return [run ? viewChecks(run, ui) : '', paragraph(ui, `Not found yet. Again: ${style.code(command)}`)]
        .filter(Boolean)
        .join('\n\n');
    case 'solved':
      return [
        paragraph(ui, `${style.good('Found.')} Every check passes.`),
        ...(data.misconception === null
          ? []
          : [paragraph(ui, `What your colleague had believed: ${data.misconception}.`)]),
        paragraph(ui, `${count(data.solved, 'hunt')} solved in this lab. Another: ${style.code(command)}`),
      ].join('\n');
  }
}
