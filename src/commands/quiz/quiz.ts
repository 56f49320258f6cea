import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { QuestionBank } from '../../core/curriculum/model.js';
import { type QuestionKind, questionKinds } from '../../core/curriculum/question-kinds.js';
import { type SelectOptions, selectQuestions } from '../../core/quiz/select.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { answerSitting } from './answer-sitting.js';
import { buildReport } from './build-report.js';
import { decidePlacement, placementCount } from './placement.js';
import { planSitting, seedOf } from './plan.js';
import { openSitting } from './quiz-sitting.js';
import type { QuizData } from './report.js';
import { findTopic, type QuizTopic } from './topic.js';

export interface QuizInput {
  readonly topic: string | undefined;
  readonly count: number | undefined;
  readonly kind: QuestionKind | undefined;
  /** Path of the answers file; `-` is standard input. */
  readonly answers: string | undefined;
  /** Id of a module to test out of. */
  readonly placement: string | undefined;
  readonly seed: string | undefined;
  readonly restart: boolean;
}

const usualCount = 10;

/** Practice on a topic, or a placement. */
export async function quiz(context: Context, input: QuizInput): Promise<Result<QuizData>> {
  refuseContradictions(input);
  const study = await openStudy(context);
  const topic = topicOf(study, input);
  const bank = await context.questions();
  const mode = input.placement === undefined ? 'quiz' : 'placement';
  const { plan, seed } = planSitting(context, study, {
    mode,
    topic: topic.id,
    restart: input.restart,
    seed: input.seed,
    fits: (sitting) => {
      const asked = new Set(sitting.items.map(({ question }) => question));
      const kinds = bank.outlines.filter(({ id }) => asked.has(id)).map(({ kind }) => kind);
      return (
        (input.count === undefined || sitting.items.length <= input.count) &&
        (input.kind === undefined || kinds.every((kind) => kind === input.kind)) &&
        (input.seed === undefined || seedOf(sitting) === input.seed)
      );
    },
    draw: (drawSeed) => draw(study, bank, topic, input, drawSeed),
  });
  const sitting = await openSitting(context, study, bank, plan);
  const command = ['aisafe quiz', input.placement === undefined ? topic.id : `--placement ${topic.id}`]
    .filter(Boolean)
    .join(' ');
  const request = { sitting, answers: input.answers, title: topic.title, command };
  // A placement that broke off after its last answer only has to be decided.
  const isComplete = plan.resumed && sitting.next() === undefined;
  const answeredBy = isComplete ? 'person' : await answerSitting(context, study, request);
  const named = topic.id === null ? null : { id: topic.id, title: topic.title };
  const report = { sitting, seed, topic: named, answeredBy };
  if (mode === 'quiz' || !named || answeredBy === 'nobody') {
    const data = buildReport(context, study, report);
    return { data, hints: hintsFor(data, command) };
  }
  const placement = decidePlacement(study, sitting, named, context.today());
  const data = buildReport(context, study, { ...report, placement });
  return { data, outcome: placement.passed ? 'ok' : 'negative', hints: hintsFor(data, command) };
}

function refuseContradictions({ placement, topic, kind, count }: QuizInput): void {
  if (placement === undefined) return;
  const other = topic !== undefined ? 'a topic' : kind !== undefined ? '--kind' : undefined;
  const hint = `aisafe quiz --placement ${placement}`;
  if (other) throw new AppError('USAGE', `--placement and ${other} exclude each other.`, { hint });
  if (count !== undefined && (count < 8 || count > 12)) {
    throw new AppError('BAD_VALUE', `A placement asks 8 to 12 questions, not ${count}.`, { hint });
  }
}

function topicOf(study: Study, { topic, placement }: QuizInput): QuizTopic {
  if (placement === undefined) return findTopic(study, topic);
  const { id } = findItem(study, placement, 'aisafe quiz --placement', ['module']);
  return findTopic(study, id);
}

function draw(
  { curriculum, store }: Study,
  bank: QuestionBank,
  topic: QuizTopic,
  { kind, count, placement }: QuizInput,
  seed: string,
): readonly string[] {
  // What learners tick about their own text shows nothing that a placement could rest on.
  const kinds =
    placement === undefined
      ? kind === undefined
        ? undefined
        : [kind]
      : questionKinds.filter((each) => each !== 'explain');
  const most = count ?? (placement === undefined ? usualCount : placementCount(topic.concepts?.size ?? 0));
  const options: SelectOptions = {
    concepts: topic.concepts,
    count: most,
    kinds: kinds && new Set(kinds),
    seed,
  };
  const chosen = selectQuestions(bank.outlines, store.cards(curriculum.id), options, bank.revisions);
  if (chosen.length === 0) {
    const narrowed = kind === undefined ? '' : ` of kind ${kind}`;
    throw new AppError('NOT_FOUND', `There are no questions${narrowed} on “${topic.title}” that can be asked.`, {
      hint:
        topic.id === null ? 'aisafe curriculum lint' : kind === undefined ? 'aisafe quiz' : `aisafe quiz ${topic.id}`,
    });
  }
  if (placement !== undefined && chosen.length < 8) {
    throw new AppError(
      'NOT_FOUND',
      `“${topic.title}” has only ${chosen.length} questions that can be asked; a placement needs 8.`,
      { hint: `aisafe quiz ${placement}` },
    );
  }
  return chosen.map(({ id }) => id);
}

function hintsFor(data: QuizData, command: string): readonly string[] {
  if (data.answeredBy === 'nobody') return [];
  if (!data.finished) return [`To carry on: ${command}`];
  const weakest = data.summary.concepts.find(({ score }) => score < 0.6);
  return weakest ? [`Weakest here: ${weakest.name}. More of it: aisafe quiz ${weakest.id}`] : [];
}
