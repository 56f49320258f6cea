import { bar, count, pad, paragraph } from '../../ui/text.js';
import { calendarDate } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import { viewQuestion, viewReveal } from './question.view.js';
import type { CalibrationData, PlacementData, QuizData, SummaryData } from './report.js';

/** How a sitting ended; with every question when no person has seen them one by one. */
export function viewQuiz(data: QuizData, ui: Ui): string {
  const { questions, summary } = data;
  if (questions.length === 0) return viewNothing(data, ui);
  const blocks =
    data.answeredBy === 'person'
      ? []
      : questions.map((question, index) => {
          const place = `${index + 1} of ${questions.length} ${ui.symbols.bullet} ${question.question}`;
          const shown = viewQuestion(question, place, ui);
          return question.answered ? `${shown}\n\n${viewReveal(question.answered, ui)}` : shown;
        });
  blocks.push(
    [viewCounts(data, ui), viewConcepts(summary, ui), viewCalibration(data.calibration, ui), viewDue(data, ui)]
      .filter(Boolean)
      .join('\n'),
  );
  if (data.placement) blocks.push(viewPlacement(data.placement, summary, ui));
  return blocks.join('\n\n');
}

function viewNothing(data: QuizData, ui: Ui): string {
  return ['Nothing is due.', viewDue(data, ui)]
    .filter(Boolean)
    .map((line) => paragraph(ui, line))
    .join('\n');
}

function viewCounts({ summary, finished }: QuizData, ui: Ui): string {
  const { results } = summary;
  const parts = [
    count(results.correct, 'correct', 'correct'),
    ...(results.partly > 0 ? [`${results.partly} partly`] : []),
    `${results.wrong} wrong`,
    ...(results.unknown > 0 ? [`${results.unknown} not known`] : []),
    ...(results.skipped > 0 ? [`${results.skipped} skipped`] : []),
  ];
  const head = finished
    ? count(summary.answered, 'question')
    : `${summary.answered} of ${count(summary.questions, 'question')}`;
  const score = summary.score === null ? '' : ` Score ${percent(summary.score)}.`;
  return paragraph(ui, `${ui.style.strong(`${head}:`)} ${parts.join(', ')}.${score}`);
}

function viewConcepts({ concepts }: SummaryData, ui: Ui): string {
  if (concepts.length === 0) return '';
  if (!ui.tty) return concepts.map(({ id, questions, score }) => `${id}\t${questions}\t${percent(score)}`).join('\n');
  const width = Math.min(32, Math.max(...concepts.map(({ name }) => ui.measure(name))));
  return concepts
    .map(
      ({ name, questions, score }) =>
        `  ${pad(ui, cutTo(ui, name, width), width)}  ${bar(ui, score, 10)} ${percent(score).padStart(5)}  ${ui.style.faint(count(questions, 'question'))}`,
    )
    .join('\n');
}

function cutTo(ui: Ui, text: string, width: number): string {
  return ui.measure(text) <= width
    ? text
    : `${[...text].slice(0, width - ui.symbols.ellipsis.length).join('')}${ui.symbols.ellipsis}`;
}

/** No verdict below 30 answers: fewer show chance more than the learner. */
export function viewCalibration({ n, brier, verdict }: CalibrationData, ui: Ui): string {
  if (n === 0 || brier === null) return '';
  const figures = `n = ${n}, Brier score ${brier.toFixed(2)}`;
  const words = {
    overconfident: 'You are surer than you are right',
    underconfident: 'You are right more often than you think',
    calibrated: 'You are about as sure as you are right',
  };
  return paragraph(
    ui,
    verdict === null
      ? `How sure you were: ${figures}; too few for a verdict before 30.`
      : `${words[verdict]} (${figures}).`,
  );
}

function viewDue({ due }: QuizData, ui: Ui): string {
  if (due.today > 0)
    return paragraph(ui, `Due today: ${count(due.today, 'question')}. ${ui.style.code('aisafe review')}`);
  if (!due.next) return '';
  return paragraph(ui, `Next review: ${count(due.next.questions, 'question')} on ${calendarDate(ui, due.next.day)}.`);
}

function viewPlacement(
  { title, passed, bar: least, waived }: PlacementData,
  { results, questions }: SummaryData,
  ui: Ui,
): string {
  if (passed === null) return paragraph(ui, `${title}: not decided yet; answer the open questions first.`);
  const score = `${results.correct} of ${questions}`;
  if (!passed)
    return paragraph(ui, `${title}: ${score}, below the ${percent(least)} that test out of it. Nothing was changed.`);
  if (waived.length === 0) return paragraph(ui, `${title}: ${score}. Nothing in it was open.`);
  const lines = waived.map((task) =>
    paragraph(ui, `${task.title} ${ui.style.faint(`(${task.id})`)}`, 4, `  ${ui.symbols.waived}`),
  );
  return [paragraph(ui, `${title}: ${score}. These now count as known:`), ...lines].join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
