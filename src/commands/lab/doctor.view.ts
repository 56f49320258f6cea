import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { DoctorData } from './doctor.js';

export function viewDoctor(data: DoctorData, ui: Ui): string {
  const { style, symbols } = ui;
  const candidates = data.candidates.map(({ source, path, executable, reason, isChosen, isUsable }) => {
    const mark = isChosen ? style.good(symbols.done) : isUsable ? symbols.open : style.faint(symbols.failed);
    const same = executable === null || executable === path ? '' : ` ${symbols.arrow} ${executable}`;
    const words = `${path}${same} ${style.faint(`(${source})`)} ${isChosen ? style.good('used') : reason}`;
    return paragraph(ui, isChosen ? `${words}: ${reason}` : words, symbols.open.length + 3, `  ${mark}`);
  });
  const lines =
    candidates.length > 0 ? ['Pythons, in the order of the search', ...candidates] : ['No Python was found.'];
  return [lines.join('\n'), ...findings(data, ui)].join('\n\n');
}

function findings(data: DoctorData, ui: Ui): readonly string[] {
  const { style } = ui;
  const parts: string[] = [];
  if (data.message !== null) parts.push(paragraph(ui, style.warning(data.message)));
  if (data.hint !== null) parts.push([paragraph(ui, 'To mend it:'), `  ${style.code(data.hint)}`].join('\n'));
  const facts: string[] = [];
  if (data.selfTest) {
    const { passed, problems, ms, bootMs } = data.selfTest;
    const verdict = passed ? style.good('works') : style.bad(`does not work: ${problems.join('; ')}`);
    facts.push(`The grader ${verdict}. Python and NumPy start in ${bootMs} ms; the whole self-test took ${ms} ms.`);
  }
  if (data.matrixProductMs !== null) {
    const { set, suggested } = data.timeScale;
    const speed = `A 512 x 512 matrix product takes ${Math.round(data.matrixProductMs)} ms`;
    facts.push(
      suggested > set
        ? `${speed}, which is slow: ${style.code(`aisafe config set lab-time-scale ${suggested}`)}`
        : `${speed}; time limits are multiplied by ${set}.`,
    );
  }
  facts.push(`New labs go to ${style.code(data.labFolder)}`);
  return [...parts, facts.map((fact) => paragraph(ui, fact)).join('\n')];
}
