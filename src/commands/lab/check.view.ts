import type { CheckResult, CheckStatus, Place } from '../../core/lab/lab-run.js';
import type { PredictionAnswer } from '../../core/progress/lab-event.js';
import { count, cut, pad, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { LabCheckData, ScoredPredictionData } from './check-data.js';

const statusWords: Readonly<Record<CheckStatus, string>> = {
  pass: 'pass',
  fail: 'fail',
  error: 'error',
  todo: 'to do',
  timeout: 'too slow',
  crash: 'crash',
  skip: 'waits',
  grader_error: 'faulty',
};

/** The report of one run: every check in a line, the first red one in full, and what to type next. */
export function viewLabCheck(data: LabCheckData, ui: Ui): string {
  if (!ui.tty) return viewRows(data, ui);
  const rest = data.verdict === 'passed' ? viewPass(data, ui) : [viewProgress(data, ui)];
  return [viewChecks(data, ui), ...rest].filter((block) => block !== '').join('\n\n');
}

/** What is shown of the checks themselves. */
export type ShownChecks = Pick<
  LabCheckData,
  'lab' | 'title' | 'file' | 'seed' | 'fullRun' | 'ms' | 'reason' | 'checks' | 'first' | 'loadOutput'
>;

/** The checks and the first red one, without what follows from them. */
export function viewChecks(data: ShownChecks, ui: Ui): string {
  const first = data.checks.find(({ id }) => id === data.first);
  const blocks = [
    viewHead(data, ui),
    viewReason(data, ui),
    data.checks.map((check) => viewLine(check, data, ui)).join('\n'),
    first ? viewRed(first, ui) : '',
    viewStrayOutput(data, ui),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/**
 * What was known when a run was stopped.
 * @param data of the checks that had ended.
 * @param planned how many checks there are.
 */
export function viewStopped(data: ShownChecks, planned: number, ui: Ui): string {
  const shown = ui.tty ? viewChecks(data, ui) : data.checks.map(viewRow).join('\n');
  const words = `${data.checks.length} of ${count(planned, 'check')} had ended; the rest was not run.`;
  return [shown, paragraph(ui, words)].join(ui.tty ? '\n\n' : '\n');
}

function viewHead(data: ShownChecks, ui: Ui): string {
  const { style, symbols } = ui;
  const parts = data.fullRun ? [] : ['only some checks: passes nothing'];
  const facts = [data.lab, `seed ${data.seed}`, `${(data.ms / 1000).toFixed(1)} s`, ...parts];
  return paragraph(ui, `${style.heading(data.title)} ${style.faint(facts.join(` ${symbols.bullet} `))}`);
}

function viewReason({ reason, file }: ShownChecks, ui: Ui): string {
  if (!reason) return '';
  const head = paragraph(ui, `${ui.style.bad('Your file could not be checked through')}: ${reason.message}`);
  return reason.where ? [head, ...viewPlace(reason.where, ui)].join('\n') : `${head}\n  ${ui.style.code(file)}`;
}

function viewLine({ id, status, title }: CheckResult, data: ShownChecks, ui: Ui): string {
  const idWidth = Math.max(...data.checks.map((each) => each.id.length));
  const mark = `${symbolOf(status, ui)} ${pad(ui, statusWords[status], 8)} `;
  const lead = `  ${colourOf(status, ui)(mark)}`;
  const room = ui.width - ui.measure(`  ${mark}`) - idWidth - 2;
  // One line each: the check that matters is told in full below.
  const words = room < 16 ? '' : `  ${ui.style.faint(cut(ui, title, room))}`;
  return `${lead}${pad(ui, id, words === '' ? 0 : idWidth)}${words}`.trimEnd();
}

/** The first check that is not green, with everything that helps. */
function viewRed(check: CheckResult, ui: Ui): string {
  const { style } = ui;
  const lines = [
    paragraph(ui, `${colourOf(check.status, ui)(`${symbolOf(check.status, ui)} ${check.id}`)}: ${check.title}`),
  ];
  if (check.message !== '') lines.push(paragraph(ui, style.strong(check.message), 2));
  if (check.where) lines.push(...viewPlace(check.where, ui));
  if (check.details) lines.push(indented(check.details, '    '));
  if (check.output.trim() !== '')
    lines.push(paragraph(ui, 'Your code printed:', 2), indented(check.output.trimEnd(), '  | '));
  return lines.join('\n');
}

function viewPlace({ file, line, func, code }: Place, ui: Ui): readonly string[] {
  const where = func === '' || func === '<module>' ? '' : ` ${ui.style.faint(`in ${func}`)}`;
  return [
    `  ${ui.style.code(`${file.split(/[\\/]/).at(-1)}:${line}`)}${where}`,
    ...(code === '' ? [] : [`    ${code}`]),
  ];
}

/** Output of the learner's code that belongs to no check that is shown. */
function viewStrayOutput({ loadOutput }: ShownChecks, ui: Ui): string {
  if (loadOutput.trim() === '') return '';
  return [paragraph(ui, 'While it was loaded your file printed:'), indented(loadOutput.trimEnd(), '  | ')].join('\n');
}

function viewProgress(data: LabCheckData, ui: Ui): string {
  const { written, all } = data.functions;
  const words = `${data.passing} of ${count(data.checks.length, 'check')} pass; ${written.length} of ${count(all.length, 'function')} written.`;
  return [
    paragraph(ui, words),
    paragraph(ui, `The same numbers again: ${ui.style.code(data.again)}`),
    paragraph(ui, `Next: ${ui.style.code(data.command)}`),
  ].join('\n');
}

function viewPass(data: LabCheckData, ui: Ui): readonly string[] {
  const { style } = ui;
  const all = `All ${count(data.checks.length, 'check')} pass.`;
  const assisted = data.assisted
    ? [
        paragraph(
          ui,
          style.warning(
            'You had seen the solution, so this pass is kept as assisted and counts for no checkpoint. Solve it again from the starter, on a later day: ',
          ) + style.code(`aisafe lab reset ${data.lab}`),
        ),
      ]
    : [];
  return [
    [paragraph(ui, `${style.good('Passed.')} ${all}`), ...assisted].join('\n'),
    section(
      'What the run measured',
      data.metrics.map(({ name, value }) => item(ui, `${name} = ${figure(value)}`)),
      ui,
    ),
    section(
      'What you had expected',
      data.predictions.map((each) => viewPrediction(each, ui)),
      ui,
    ),
    section('What it is worth', viewWorth(data, ui), ui),
    paragraph(ui, `To compare with the solution: ${style.code(`aisafe lab diff ${data.lab}`)}`),
  ];
}

function viewPrediction({ prompt, answer, actual, right, because }: ScoredPredictionData, ui: Ui): string {
  const verdict = right
    ? ui.style.good('right')
    : answer.type === 'unknown'
      ? 'left open'
      : ui.style.warning('otherwise');
  return [
    item(ui, prompt),
    paragraph(ui, `You: ${answerWords(answer)}. Measured: ${figure(actual)} (${verdict}). ${because}`, 4),
  ].join('\n');
}

function answerWords(answer: PredictionAnswer): string {
  if (answer.type === 'unknown') return "I don't know";
  return answer.type === 'number' ? figure(answer.value) : answer.direction;
}

function viewWorth({ tasks, criteria, assisted }: LabCheckData, ui: Ui): readonly string[] {
  const lines = tasks.map(({ id, title, state }) => {
    if (state === 'ticked') return item(ui, `${title}: ${ui.style.good('done')}, ticked for you`);
    if (state === 'done') return item(ui, `${title}: done already`);
    if (state === 'ready') return item(ui, `${title}: ready to tick, with proof ${ui.style.code(`aisafe done ${id}`)}`);
    return item(ui, `${title}: one part of it ${ui.style.code(`aisafe show ${id}`)}`);
  });
  if (assisted) return lines;
  const checkpoints = criteria.map((id) =>
    item(
      ui,
      `Counts for ${id}, together with your own explanation ${ui.style.code(`aisafe evidence add ${id} --note "..."`)}`,
    ),
  );
  return [...lines, ...checkpoints];
}

/** In a pipe: one check a line, then the verdict, then the first red check as it was told. */
function viewRows(data: LabCheckData, ui: Ui): string {
  const rows = data.checks.map(viewRow);
  const verdict = `${data.lab}: ${data.verdict}, ${data.passing} of ${data.checks.length} checks, seed ${data.seed}`;
  const first = data.checks.find(({ id }) => id === data.first);
  const reason = data.reason ? [data.reason.message] : [];
  return [...rows, verdict, ...reason, ...(first ? [viewRed(first, ui)] : [])].join('\n');
}

function viewRow({ id, status, title }: CheckResult): string {
  return [id, status, title].join('\t');
}

function symbolOf(status: CheckStatus, { symbols }: Ui): string {
  if (status === 'pass') return symbols.done;
  if (status === 'skip') return symbols.waived;
  return status === 'todo' ? symbols.open : symbols.failed;
}

function colourOf(status: CheckStatus, { style }: Ui): (text: string) => string {
  if (status === 'pass') return style.good;
  if (status === 'skip') return style.faint;
  return status === 'todo' ? style.warning : style.bad;
}

/** Six digits say enough, and read the same everywhere. */
function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function section(title: string, lines: readonly string[], ui: Ui): string {
  return lines.length === 0 ? '' : [ui.style.strong(title), ...lines].join('\n');
}

function item(ui: Ui, text: string): string {
  return paragraph(ui, text, 4, `  ${ui.symbols.bullet}`);
}

/** Text whose lines mean something: figures in columns, the learner's own output. */
function indented(text: string, margin: string): string {
  return text.replaceAll(/^/gm, margin);
}
