import { count, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { VerifyData } from './verify-packages.js';

export function viewVerify({ labs, totals, python }: VerifyData, ui: Ui): string {
  const verdict =
    totals.good === totals.labs
      ? ui.style.good('All good.')
      : ui.style.bad(`${totals.labs - totals.good} with findings.`);
  const figures = [
    count(totals.labs, 'lab'),
    count(totals.checks, 'check'),
    `${totals.mutantsCaught}/${totals.mutants} mutants caught`,
    `${totals.seeds} seeds`,
    `${totals.fuzz} fuzzed`,
    `${totals.seconds} s`,
  ].join(', ');
  return [
    ...labs.map((report) => viewReport(report, ui)),
    paragraph(ui, `${figures}; Python ${python.version}, NumPy ${python.numpy}. ${verdict}`),
  ].join('\n');
}

/** One lab: what was tried, and every finding. */
function viewReport(report: VerifyData['labs'][number], ui: Ui): string {
  const {
    id,
    checks,
    mutantsCaught,
    mutants,
    seeds,
    fuzz,
    seconds,
    slowestCheck: slow,
    findings,
    notes,
    isCached,
  } = report;
  const isGood = findings.length === 0;
  const mark = isGood ? ui.style.good(`${ui.symbols.done} good`) : ui.style.bad(`${ui.symbols.failed} faulty`);
  const facts = [
    count(checks, 'check'),
    `${mutantsCaught}/${mutants} mutants`,
    `${seeds} seeds`,
    `${fuzz} fuzzed`,
    ...(slow ? [`slowest ${slow.id} ${slow.ms} ms of ${slow.timeout} s`] : []),
    isCached ? 'unchanged since it was verified' : `${seconds} s`,
  ].join(', ');
  const details = [
    ...findings.map(({ gate, message }) => `${gate}: ${message}`),
    ...notes.map((note) => `(${note})`),
  ].map((text) => paragraph(ui, text, 4, `  ${ui.symbols.bullet}`));
  return [paragraph(ui, `${mark} ${ui.style.strong(id)} ${ui.style.faint(facts)}`, 2, ''), ...details].join('\n');
}
