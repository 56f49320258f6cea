import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import { viewVerify } from '../lab/verify.view.js';
import type { LintData } from './lint.js';

export function viewLint(data: LintData, ui: Ui): string {
  const lines = data.findings.map((finding) => {
    const place = `${finding.file}:${finding.line}:${finding.column}`;
    const severity = finding.severity === 'error' ? ui.style.bad('error') : ui.style.warning('warning');
    const hint = finding.hint ? ` ${ui.style.faint(`(${finding.hint})`)}` : '';
    const text = `${place} ${severity} ${ui.style.faint(finding.rule)} ${finding.message}${hint}`;
    return ui.tty ? paragraph(ui, text, 4, '').trimStart() : text;
  });
  const { curriculum } = data;
  const read = curriculum
    ? `${curriculum.title} ${curriculum.version}: ${count(curriculum.tasks, 'task')}, ${count(curriculum.concepts, 'concept')}, ${count(curriculum.resources, 'resource')}, ${count(curriculum.programs, 'program')}, ${count(curriculum.labs, 'lab')}.`
    : `${data.folder} could not be read as a curriculum.`;
  const verdict =
    data.findings.length === 0
      ? ui.style.good('No findings.')
      : `${count(data.errors, 'error')}, ${count(data.warnings, 'warning')}.`;
  const labs = data.verified ? [viewVerify(data.verified, ui)] : [];
  return [...lines, ...labs, paragraph(ui, `${read} ${verdict}`)].join('\n');
}
