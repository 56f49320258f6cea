import type { ExportedLab } from '../core/exports/export-schema.js';
import type { Page } from './markdown-page.js';
import { markdownText } from './markdown-text.js';

/** Each lab that was passed: when, with which numbers, and what the run measured. Enough to repeat it. */
export function* passedLabs({ data, source, dayOf }: Page): Generator<string> {
  const passed = (data.labs ?? []).filter((lab) => lab.pass !== null && lab.curriculum === source.curriculum.id);
  if (passed.length === 0) return;
  yield '## Labs passed\n\n';
  yield 'Each is code that I wrote, graded by its lab in a local run on my own computer.\n\n';
  yield '| Lab | Passed on | Run | Measured |\n| --- | --- | --- | --- |\n';
  for (const lab of passed) yield row(lab, dayOf);
  yield '\n';
}

function row({ id, title, pass, hints }: ExportedLab, dayOf: (at: string) => string): string {
  if (!pass) return '';
  const seen = Object.values(hints).reduce((sum, step) => sum + step, 0);
  const aid = [
    ...(pass.assisted ? ['with the solution seen before'] : []),
    ...(seen > 0 ? [`${seen} ${seen === 1 ? 'hint' : 'hints'} seen`] : []),
  ];
  const run = [`seed ${pass.seed}`, `version ${pass.version}`, `Python ${pass.python}, NumPy ${pass.numpy}`, ...aid];
  const measured = pass.metrics.map(({ name, value }) => `${name} = ${Number(value.toPrecision(6))}`);
  const cells = [title ?? id, dayOf(pass.at), run.join(', '), measured.join(', ')];
  return `| ${cells.map(markdownText).join(' | ')} |\n`;
}
