import { type AnswerSupport, findSupport } from '../core/assessment/support.js';
import type { Checkpoint } from '../core/curriculum/model.js';
import { criterionAnswer } from '../core/progress/progress.js';
import type { CheckpointAttempt, CriterionAnswer } from '../core/progress/state.js';
import type { Page } from './markdown-page.js';
import { markdownEvidence, markdownText } from './markdown-text.js';

/** Each checkpoint that was passed, by its latest attempt that passed: what was asked, how far, and what backs it. */
export function* passedCheckpoints(page: Page): Generator<string> {
  const { source, data, dayOf } = page;
  const exported = new Map((data.checkpoints ?? []).map((each) => [`${each.curriculum}/${each.id}`, each.attempts]));
  let isFirst = true;
  for (const { checkpoint } of source.curriculum.phases) {
    if (!checkpoint) continue;
    const attempts = exported.get(`${source.curriculum.id}/${checkpoint.id}`) ?? [];
    const passed = attempts.findLast((attempt) => attempt.ready === true && attempt.finishedAt !== null);
    if (!passed) continue;
    if (isFirst) yield '## Checkpoints passed\n\n';
    isFirst = false;
    yield `### ${markdownText(checkpoint.title)}\n\n`;
    const answers: Record<string, CriterionAnswer> = Object.fromEntries(
      passed.answers.map((answer) => [answer.criterion, answer]),
    );
    yield* table(page, checkpoint, answers, dayOf(passed.finishedAt ?? passed.startedAt));
  }
}

function* table(
  page: Page,
  checkpoint: Checkpoint,
  answers: CheckpointAttempt['answers'],
  day: string,
): Generator<string> {
  const { curriculum, progress } = page.source;
  const answered = checkpoint.criteria.flatMap((criterion) => {
    const answer = criterionAnswer(answers, criterion);
    return answer
      ? [{ criterion, answer, support: findSupport(progress, curriculum, checkpoint, criterion, answer) }]
      : [];
  });
  const selfAttested = answered.filter(({ support }) => !support.backed).length;
  const share = answered.length === 0 ? 0 : Math.round((100 * selfAttested) / answered.length);
  yield `Passed on ${day}. Self-attested: ${selfAttested} of ${answered.length} answers (${share} %); evidence backs the others.\n\n`;
  yield '| Criterion | Level reached | Backed by |\n| --- | --- | --- |\n';
  for (const { criterion, answer, support } of answered) {
    const level = `${answer.level} of 3: ${markdownText(criterion.levels[answer.level] ?? '')}`;
    yield `| ${markdownText(criterion.question)} | ${level} | ${backing(support)} |\n`;
  }
  yield '\n';
}

function backing({ backed, evidence }: AnswerSupport): string {
  if (!backed) return 'self-attested';
  return evidence
    .flatMap((each) => (each.cited && each.counts && each.holds ? [markdownEvidence(each.evidence.reference)] : []))
    .join(', ');
}
