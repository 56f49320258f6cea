import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { DoctorData } from './doctor.js';

export function viewDoctor({ healthy, checks, fixed }: DoctorData, ui: Ui): string {
  if (!ui.tty)
    return [
      ...fixed.map((line) => `fixed\t\t${line}`),
      ...checks.map(({ id, status, message, hint }) => [status, id, message, hint ?? ''].join('\t').trimEnd()),
    ].join('\n');
  const lines = fixed.map((line) => paragraph(ui, line, 0));
  if (fixed.length > 0) lines.push('');
  for (const check of checks) lines.push(...describe(check, ui));
  const failed = checks.filter((check) => check.status === 'failed').length;
  const warnings = checks.filter((check) => check.status === 'warning').length;
  const rest = warnings > 0 ? `, ${count(warnings, 'warning')}` : '';
  const end = healthy ? ui.style.good(`All is well${rest}.`) : ui.style.bad(`${count(failed, 'check')} failed${rest}.`);
  return [...lines, '', end].join('\n');
}

const words = { ok: 'ok', warning: 'warning', failed: 'FAILED' } as const;

function describe({ id, status, message, hint }: DoctorData['checks'][number], ui: Ui): string[] {
  const style = { ok: ui.style.good, warning: ui.style.warning, failed: ui.style.bad }[status];
  const lines = [paragraph(ui, `${ui.style.faint(`${id}:`)} ${message}`, 9, style(words[status]))];
  if (hint !== undefined) lines.push(paragraph(ui, ui.style.code(hint), 11, `         ${ui.symbols.arrow}`));
  return lines;
}
