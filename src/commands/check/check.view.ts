import { count, paragraph, table } from '../../ui/text.js';
import { spanRange, when } from '../../ui/time.js';
import type { Ui } from '../../ui/ui.js';
import type { ChangeData, CheckData, CriterionData, CriterionEvidenceData, GapData } from './report.js';

export function viewCheck(data: CheckData, ui: Ui): string {
  const blocks = [
    viewHeadline(data, ui),
    viewAsked(data, ui),
    viewCriteria(data, ui),
    viewShare(data, ui),
    viewComponents(data, ui),
    viewChanges(data, ui),
    viewGaps(data, ui),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function viewHeadline(data: CheckData, ui: Ui): string {
  const { style } = ui;
  const title = paragraph(ui, style.heading(data.title));
  if (!data.attempt) return [title, paragraph(ui, `Never attempted; ${count(data.total, 'question')}.`)].join('\n');
  const passing = data.criteria.filter((criterion) => criterion.status === 'ready').length;
  const verdict = data.ready ? style.good('Ready') : style.warning('Not ready yet');
  const lines = [
    title,
    paragraph(
      ui,
      `${verdict}: ${passing} of ${count(data.total, 'criterion', 'criteria')} ready, ${data.answered} answered.`,
    ),
  ];
  const { startedAt, finishedAt, readyWhenFinished } = data.attempt;
  const about =
    finishedAt === null ? `Begun ${when(ui, startedAt)}, not finished.` : `Finished ${when(ui, finishedAt)}.`;
  lines.push(paragraph(ui, style.faint(about)));
  if (data.faded && finishedAt !== null && data.recall?.share != null) {
    const words = `Was ready ${when(ui, finishedAt)}; estimated recall today ${percent(data.recall.share)}.`;
    lines.push(paragraph(ui, style.warning(words)));
  } else if (readyWhenFinished && !data.ready)
    lines.push(paragraph(ui, style.warning('It was ready when it was finished; what it rested on has changed since.')));
  return lines.join('\n');
}

/** The drawn questions, when a file answered them or nobody did. */
function viewAsked({ quiz }: CheckData, ui: Ui): string {
  if (ui.tty || !quiz || quiz.questions.length === 0) return '';
  return table(ui, quiz.questions, [
    { title: 'question', value: (row) => row.question },
    { title: 'result', value: (row) => row.answered?.result ?? 'open' },
  ]);
}

/** What readiness is made of, each by itself; criteria alone need no list. */
function viewComponents({ components, criteria, quiz, recall, attempt }: CheckData, ui: Ui): string {
  if (!quiz || !recall) return '';
  const passing = criteria.filter(({ status }) => status === 'ready' || status === 'unsupported');
  const unsupported = criteria.filter(({ status }) => status === 'unsupported').length;
  const rows = [
    ...(attempt
      ? [['Criteria', components.criteria, `${passing.length} of ${criteria.length} at their bar`] as const]
      : []),
    ...(attempt
      ? [['Evidence', components.evidence, unsupported === 0 ? 'holds' : `${unsupported} not supported`] as const]
      : []),
    ['Questions', components.quiz ?? false, quizWords(quiz)] as const,
    [
      'Recall today',
      components.recall ?? false,
      recall.share === null
        ? 'no estimate yet'
        : `${percent(recall.share)} by estimate, over ${count(recall.questions, 'question')}; ${percent(recall.pass)} passes`,
    ] as const,
  ];
  if (!ui.tty)
    return rows.map(([name, ready, words]) => [name, ready ? 'ready' : 'not ready', words].join('\t')).join('\n');
  const lines = rows.map(([name, ready, words]) => {
    const symbol = ready ? ui.style.good(ui.symbols.done) : ui.style.warning(ui.symbols.open);
    return paragraph(ui, `${name}: ${words}`, 6, `  ${symbol}`);
  });
  return [ui.style.strong('What readiness rests on'), ...lines].join('\n');
}

function quizWords({ state, right, asked, answered, share, pass }: NonNullable<CheckData['quiz']>): string {
  switch (state) {
    case 'not-taken':
      return `not taken (${count(asked, 'question')})`;
    case 'begun':
      return `${answered} of ${asked} answered`;
    default:
      return `${right} of ${asked} right, ${percent(share ?? 0)}; ${percent(pass)} passes`;
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const statusWords = {
  ready: 'ready',
  below: 'below the bar',
  unsupported: 'not supported',
  unanswered: 'not answered',
} as const;

function viewCriteria({ attempt, criteria }: CheckData, ui: Ui): string {
  if (!ui.tty) {
    return table(ui, criteria, [
      { title: 'criterion', value: (row) => row.id },
      { title: 'status', value: (row) => row.status },
      { title: 'level', value: (row) => row.level?.toString() ?? '' },
      { title: 'passes at', value: (row) => String(row.passLevel) },
      { title: 'support', value: supportWord },
      { title: 'question', value: (row) => row.question },
    ]);
  }
  return attempt === null ? '' : criteria.map((criterion) => viewCriterion(criterion, ui)).join('\n');
}

function supportWord({ level, selfAttested, evidence }: CriterionData): string {
  if (level === null) return '';
  if (selfAttested) return 'self-attested';
  return evidence
    .filter((each) => each.cited)
    .map((each) => each.kind)
    .join(',');
}

function viewCriterion(criterion: CriterionData, ui: Ui): string {
  const { style, symbols } = ui;
  const symbol = {
    ready: symbols.done,
    below: symbols.started,
    unsupported: symbols.skipped,
    unanswered: symbols.open,
  }[criterion.status];
  const colour = { ready: style.good, below: style.warning, unsupported: style.bad, unanswered: style.faint }[
    criterion.status
  ];
  const indent = symbol.length + 1;
  const lines = [
    paragraph(ui, `${criterion.question} ${colour(`[${statusWords[criterion.status]}]`)}`, indent, colour(symbol)),
  ];
  if (criterion.levelText !== null) lines.push(paragraph(ui, style.faint(`You: ${criterion.levelText}`), indent));
  if (criterion.status === 'below') lines.push(paragraph(ui, style.faint(`The bar: ${criterion.passText}`), indent));
  if (criterion.status === 'ready' && criterion.selfAttested)
    lines.push(paragraph(ui, style.faint('Self-attested'), indent));
  for (const evidence of criterion.evidence) lines.push(paragraph(ui, viewEvidence(evidence, ui), indent));
  if (criterion.questionChanged)
    lines.push(paragraph(ui, style.warning('The question has changed since you answered it.'), indent));
  return lines.join('\n');
}

function viewEvidence({ kind, text, cited, counts, holds, problem }: CriterionEvidenceData, ui: Ui): string {
  const remarks = [
    ...(counts ? [] : ['does not count here']),
    ...(holds ? [] : [`no longer holds: ${problem ?? 'unknown'}`]),
    ...(cited || !counts ? [] : ['not named with this answer']),
  ];
  const line = `${kind} ${text}`;
  if (remarks.length === 0) return ui.style.faint(line);
  return `${ui.style.faint(line)} ${ui.style.warning(`(${remarks.join('; ')})`)}`;
}

function viewShare({ criteria, selfAttestedShare }: CheckData, ui: Ui): string {
  if (selfAttestedShare === null) return '';
  const ready = criteria.filter((criterion) => criterion.status === 'ready');
  const attested = ready.filter((criterion) => criterion.selfAttested).length;
  return paragraph(
    ui,
    `On your word alone: ${attested} of the ${ready.length} that are ready (${Math.round(selfAttestedShare * 100)} %).`,
  );
}

function viewChanges({ changes, criteria }: CheckData, ui: Ui): string {
  if (changes.length === 0) return '';
  const question = new Map(criteria.map((criterion) => [criterion.id, criterion.question]));
  const lines = changes.map((change) =>
    item(ui, `${question.get(change.criterion) ?? change.criterion} ${changeWords(change)}`),
  );
  return [ui.style.strong('Changed since last time'), ...lines].join('\n');
}

function changeWords({ before, after }: ChangeData): string {
  if (!before) return `Now answered, level ${after?.level ?? 0}.`;
  if (!after) return `Level ${before.level} before, not answered now.`;
  if (before.level !== after.level) return `From level ${before.level} to level ${after.level}.`;
  return after.selfAttested ? 'From evidence to your own word.' : 'From your own word to evidence.';
}

function viewGaps({ gaps, attempt, phase, checkpoint, criteria }: CheckData, ui: Ui): string {
  if (gaps.length === 0 || attempt === null) return '';
  const question = new Map(criteria.map((criterion) => [criterion.id, criterion.question]));
  const blocks = gaps.map((gap) =>
    viewGap(gap, question.get(gap.criterion) ?? gap.criterion, { phase, checkpoint }, ui),
  );
  return [ui.style.strong('What to do about each gap'), ...blocks].join('\n');
}

function viewGap(
  gap: GapData,
  question: string,
  { phase, checkpoint }: { phase: string; checkpoint: string },
  ui: Ui,
): string {
  const { style, symbols } = ui;
  const lines = [item(ui, `${question} ${style.faint(`(${gap.because})`)}`)];
  const indent = symbols.arrow.length + 5;
  const step = (text: string, command: string) => {
    lines.push(paragraph(ui, text, indent, `    ${symbols.arrow}`), `${' '.repeat(indent)}${style.code(command)}`);
  };
  if (gap.status === 'unsupported' && gap.needsExplanation)
    step('Explain it in your own words', `aisafe evidence add ${checkpoint}/${gap.criterion} --note "..."`);
  else if (gap.status === 'unsupported')
    step('Show it in another way', `aisafe evidence add ${checkpoint}/${gap.criterion}`);
  if (gap.status === 'unanswered' && !gap.nextTask) step('Answer it', `aisafe check ${phase}`);
  if (gap.nextTask)
    step(
      `${gap.nextTask.title} ${style.faint(`(${spanRange(gap.nextTask.minutes)})`)}`,
      `aisafe start ${gap.nextTask.id}`,
    );
  return lines.join('\n');
}

function item(ui: Ui, text: string): string {
  return paragraph(ui, text, 4, `  ${ui.symbols.bullet}`);
}
