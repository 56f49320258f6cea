/** One question as text: what is asked, and what came of it. Pure; data is safe to print. */
import { paragraph } from '../../ui/text.js';
import { calendarDate } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { AnsweredData, OpenForm, QuestionData } from './report.js';

/** The question with its options. `place` is shown before it: `3 of 10`. */
export function viewQuestion({ prompt, form, concepts }: QuestionData, place: string, ui: Ui): string {
  const about = ui.style.faint(`${place} ${ui.symbols.bullet} ${concepts.join(', ')}`);
  const body = viewForm(form, ui);
  return [paragraph(ui, about), viewPrompt(prompt, ui), ...(body === '' ? [] : ['', body])].join('\n');
}

/** Lines of the author's own making (code, tables) are kept; only what is too long is wrapped. */
function viewPrompt(text: string, ui: Ui): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (ui.measure(line) > ui.width ? paragraph(ui, line) : line))
    .join('\n');
}

function viewForm(form: OpenForm, ui: Ui): string {
  switch (form.kind) {
    case 'choice':
      return form.options
        .map((text, index) => option(optionKeys(form.options.length)[index] ?? '', text, ui))
        .join('\n');
    case 'multi':
    case 'order':
      return (form.kind === 'multi' ? form.options : form.items)
        .map((text, index) => option(String(index + 1), text, ui))
        .join('\n');
    case 'match':
      return [
        ...form.left.map((text, index) => option(letter(index), text, ui)),
        '',
        ...form.right.map((text, index) => option(String(index + 1), text, ui)),
      ].join('\n');
    default:
      return '';
  }
}

/** The key of each option of a choice: letters, or digits where letters would be taken for commands. */
export function optionKeys(options: number): readonly string[] {
  return Array.from({ length: options }, (_, index) => (options > 5 ? String(index + 1) : letter(index)));
}

/** `a` for 0. */
export function letter(index: number): string {
  return String.fromCharCode(97 + index);
}

function option(mark: string, text: string, ui: Ui): string {
  return paragraph(ui, text, 5, `  ${mark})`);
}

/** What came of an answer: result, right answer, why, where to read, when it comes back. */
export function viewReveal(answered: AnsweredData, ui: Ui): string {
  const { style } = ui;
  const lines = [verdict(answered, ui)];
  if (answered.expected !== '' && (answered.result !== 'correct' || !answered.graded)) {
    lines.push(labelled('Right answer', answered.expected, ui));
  }
  for (const remark of answered.remarks) lines.push(paragraph(ui, remark, 4, `  ${ui.symbols.bullet}`));
  if (answered.model !== null) lines.push(labelled('A good answer', answered.model, ui));
  lines.push('', viewPrompt(answered.explanation, ui));
  for (const { id, title, url } of answered.sources) {
    lines.push(paragraph(ui, `${ui.link(title, url)} ${style.faint(`(${id})`)}`, 4, `  ${ui.symbols.arrow}`));
  }
  if (answered.next) lines.push(style.faint(`Comes back ${nextWords(answered.next, ui)}.`));
  if (answered.leech) {
    lines.push(
      style.warning(
        paragraph(
          ui,
          'You keep forgetting this one. Read the source again, flag the question if it is at fault, or drop it.',
        ),
      ),
    );
  }
  return lines.join('\n');
}

function verdict({ result, graded, score, said }: AnsweredData, ui: Ui): string {
  const { style } = ui;
  if (!graded && result !== 'skipped' && result !== 'unknown')
    return style.strong('People disagree about this one: there is no right or wrong here.');
  switch (result) {
    case 'correct':
      return style.good('Correct.');
    case 'partly':
      return `${style.warning(`Partly right (${Math.round(score * 100)} %).`)}`;
    case 'wrong':
      return paragraph(ui, `${style.bad('Not right.')} You said: ${said}`);
    case 'unknown':
      return "You didn't know. That is what this is for.";
    case 'skipped':
      return 'Skipped.';
  }
}

function labelled(label: string, text: string, ui: Ui): string {
  return paragraph(ui, `${ui.style.strong(`${label}:`)} ${text}`);
}

/** `in 3 days (26 Nov 2026)`. */
function nextWords({ due, intervalDays }: { readonly due: string; readonly intervalDays: number }, ui: Ui): string {
  return `${intervalWords(intervalDays)} (${calendarDate(ui, due)})`;
}

/** `tomorrow`, `in 5 days`, `in 3 months`. */
export function intervalWords(days: number): string {
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days < 60) return `in ${days} days`;
  if (days < 700) return `in ${Math.round(days / 30.44)} months`;
  return `in ${Math.round((days / 365.25) * 2) / 2} years`;
}
