import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { assess } from '../../core/assessment/assess.js';
import { attemptsAt, liveCriteria, unfinishedAttempt } from '../../core/assessment/attempts.js';
import type { Checkpoint, Phase } from '../../core/curriculum/model.js';
import { criterionAnswer } from '../../core/progress/progress.js';
import type { CheckpointAttempt } from '../../core/progress/state.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { type DrawnQuestions, findDrawnQuestions, type OpenedQuiz } from './drawn.js';
import { type CheckData, type ReportInput, reportCheck } from './report.js';
import { type Sitting, startSitting } from './sitting.js';

export interface CheckInput {
  readonly phase: string;
  /** Path of the answers file; `-` is standard input. */
  readonly answers: string | undefined;
  readonly report: boolean;
  readonly restart: boolean;
  readonly resume: boolean;
  /** Ask the drawn questions and no criteria. */
  readonly quizOnly: boolean;
  /** False with --no-quiz. */
  readonly quiz: boolean;
  readonly seed: string | undefined;
}

/** One call at one checkpoint. */
interface Check {
  readonly context: Context;
  readonly study: Study;
  readonly phase: Phase;
  readonly checkpoint: Checkpoint;
  readonly input: CheckInput;
  /** Undefined when the checkpoint draws none. */
  readonly drawn: DrawnQuestions | undefined;
}

/** The self-assessment of a phase: from a person, from a file, or the report of the last one. */
export async function check(context: Context, input: CheckInput): Promise<Result<CheckData>> {
  refuseContradictions(input);
  const study = await openStudy(context);
  const { phase, checkpoint } = findCheckpoint(study, input.phase);
  const drawn = await findDrawnQuestions(context, study, phase, checkpoint);
  const here: Check = { context, study, phase, checkpoint, input, drawn };
  const attempts = attemptsAt(study.progress, study.curriculum, checkpoint);
  if (input.report) return describe(here, attempts.at(-1), false);
  if (input.quizOnly) return askQuizOnly(here, attempts);

  const unfinished = input.restart ? undefined : unfinishedAttempt(attempts);
  if (input.resume && !unfinished) {
    throw new AppError('USAGE', `There is no unfinished attempt at “${checkpoint.title}” to carry on with.`, {
      hint: `aisafe check ${phase.id}`,
    });
  }
  const sitting = startSitting(context, study, checkpoint, unfinished, attempts);
  const opened = input.answers === undefined ? await askAll(here, sitting) : await answerFromFile(here, sitting);
  return describe(here, sitting.attempt() ?? attempts.at(-1), sitting.resumed, opened);
}

async function describe(
  { context, study, phase, checkpoint, drawn }: Check,
  attempt: CheckpointAttempt | undefined,
  resumed: boolean,
  opened?: OpenedQuiz,
): Promise<Result<CheckData>> {
  const { curriculum, store } = study;
  const progress = store.progress();
  const attempts = attemptsAt(progress, curriculum, checkpoint);
  const current = attempt && (attempts.find((each) => each.id === attempt.id) ?? attempt);
  const day = context.today();
  const readiness = assess({
    checkpoint,
    attempt: current,
    attempts,
    progress,
    curriculum,
    day,
    drawn: drawn?.readiness(),
  });
  const asked = opened ? await describeAsked(study, opened) : { seed: null, questions: [] };
  const data = reportCheck({ phase, checkpoint, attempt: current, resumed, readiness, progress, asked });
  return { data, outcome: data.ready ? 'ok' : 'negative', hints: hintsFor(data) };
}

async function describeAsked(study: Study, { sitting, seed }: OpenedQuiz): Promise<ReportInput['asked']> {
  const { describeQuestion } = await import('../quiz/describe-question.js');
  const answers = sitting.answers();
  const questions = sitting.instances.map((each) => describeQuestion(study, each, answers.get(each.question.id)));
  return { seed, questions };
}

/** A person: the criteria, then the drawn questions. */
async function askAll(here: Check, sitting: Sitting): Promise<OpenedQuiz | undefined> {
  const { context, study, phase, input, drawn } = here;
  const prompter = await context.prompter(`aisafe check ${phase.id} --answers FILE`);
  const { interview } = await import('./interview.js');
  if (!(await interview(context, prompter, study, sitting))) return undefined;
  const opened = drawn && input.quiz && needsQuestions(drawn, sitting) ? await openQuiz(here, drawn) : undefined;
  if (opened && !(await askQuestions(here, opened))) return opened;
  sitting.finish(context.today(), drawn?.readiness());
  return opened;
}

/** Not when an attempt that broke off had come to the end of its questions. */
function needsQuestions(drawn: DrawnQuestions, sitting: Sitting): boolean {
  const { state } = drawn.readiness().quiz;
  const startedAt = sitting.attempt()?.startedAt;
  const isAnswered = state === 'passed' || state === 'failed';
  return !(sitting.resumed && isAnswered && startedAt !== undefined && (drawn.begunAt() ?? '') >= startedAt);
}

async function openQuiz({ input }: Check, drawn: DrawnQuestions): Promise<OpenedQuiz> {
  return drawn.open({ restart: input.restart, seed: input.seed });
}

/** @returns true when all are answered. */
async function askQuestions({ context, study, phase, checkpoint }: Check, { sitting }: OpenedQuiz): Promise<boolean> {
  const command = `aisafe check ${phase.id} --quiz-only`;
  const prompter = await context.prompter(`${command} --answers FILE`);
  const { introduce, sitDown } = await import('../quiz/sit-down.js');
  await sitDown({ context, prompter, study, sitting }, introduce(sitting, checkpoint.title, command));
  return sitting.next() === undefined;
}

/** Everything in the file is checked before anything of it is saved. */
async function answerFromFile(here: Check, sitting: Sitting | undefined): Promise<OpenedQuiz | undefined> {
  const { context, study, phase, checkpoint, input, drawn } = here;
  const { readAnswersFile } = await import('./answers-file.js');
  let opened: OpenedQuiz | undefined;
  const quiz = async () => {
    if (!input.quiz) return '--no-quiz leaves the drawn questions out';
    if (!drawn) return `“${phase.id}” draws no questions`;
    // Drawn before the criteria are saved, so that these are the questions that were listed.
    opened = await openQuiz(here, drawn);
    const known = opened.sitting.answers();
    return opened.sitting.instances.filter(({ question }) => !known.has(question.id));
  };
  const { quizOnly } = input;
  const answers = await readAnswersFile(context, study, { file: input.answers ?? '-', checkpoint, quiz, quizOnly });
  for (const { answer, added } of answers.criteria) sitting?.save(answer, added);
  for (const { instance, answer, confidence } of answers.quiz ?? []) {
    opened?.sitting.save(instance, { answer, confidence, ms: null });
  }
  if (sitting && answers.criteria.length > 0) sitting.finish(context.today(), drawn?.readiness());
  else finishAgain(here);
  return opened;
}

/** The drawn questions alone. Without a terminal they are listed for a script. */
async function askQuizOnly(here: Check, attempts: readonly CheckpointAttempt[]): Promise<Result<CheckData>> {
  const { context, phase, checkpoint, input, drawn } = here;
  if (!drawn) {
    throw new AppError('NOT_FOUND', `“${checkpoint.title}” draws no questions.`, { hint: `aisafe check ${phase.id}` });
  }
  if (input.answers !== undefined) {
    const opened = await answerFromFile(here, undefined);
    return describe(here, attempts.at(-1), false, opened);
  }
  const opened = await openQuiz(here, drawn);
  const isListed = context.options.json && !context.interactive;
  if (!isListed && (await askQuestions(here, opened))) finishAgain(here);
  return describe(here, attempts.at(-1), false, opened);
}

/** Keeps what the last attempt comes to now that its questions are answered, when its criteria are. */
function finishAgain({ context, study, checkpoint, drawn }: Check): void {
  const { curriculum, store } = study;
  const attempts = attemptsAt(store.progress(), curriculum, checkpoint);
  const last = attempts.at(-1);
  const result = drawn?.readiness();
  if (!last || result?.quiz.share === undefined) return;
  if (liveCriteria(checkpoint).some((criterion) => !criterionAnswer(last.answers, criterion))) return;
  const progress = store.progress();
  const day = context.today();
  const { ready } = assess({ checkpoint, attempt: last, attempts, progress, curriculum, day, drawn: result });
  if (last.finishedAt !== undefined && last.ready === ready) return;
  startSitting(context, { ...study, progress }, checkpoint, last, attempts).finish(day, result);
}

function refuseContradictions({ report, answers, restart, resume, quizOnly, quiz }: CheckInput): void {
  const pairs = [
    [report && answers !== undefined, '--report', '--answers'],
    [report && restart, '--report', '--restart'],
    [report && resume, '--report', '--resume'],
    [restart && resume, '--restart', '--resume'],
    [report && quizOnly, '--report', '--quiz-only'],
    [quizOnly && resume, '--quiz-only', '--resume'],
    [quizOnly && !quiz, '--quiz-only', '--no-quiz'],
  ] as const;
  for (const [both, one, other] of pairs) {
    if (both) throw new AppError('USAGE', `${one} and ${other} exclude each other.`, { hint: 'aisafe check --help' });
  }
}

function findCheckpoint(study: Study, id: string): { readonly phase: Phase; readonly checkpoint: Checkpoint } {
  const item = findItem(study, id, 'aisafe check', ['phase', 'checkpoint'] as const);
  const { phase } = item;
  const checkpoint = item.kind === 'checkpoint' ? item.checkpoint : phase.checkpoint;
  if (checkpoint && !checkpoint.retired && liveCriteria(checkpoint).length > 0) return { phase, checkpoint };
  const others = study.curriculum.phases
    .filter((each) => each.checkpoint && !each.checkpoint.retired)
    .map((each) => each.id);
  const known = others.length > 0 ? ` These have one: ${others.join(', ')}.` : '';
  throw new AppError('NOT_FOUND', `“${phase.title}” has no self-assessment.${known}`, {
    hint: others[0] === undefined ? `aisafe list ${phase.id}` : `aisafe check ${others[0]}`,
    details: { phase: phase.id, phases: others },
  });
}

function hintsFor({ phase, attempt, quiz, recall, components }: CheckData): readonly string[] {
  if (!attempt) return [`To begin: aisafe check ${phase}`];
  if (attempt.finishedAt === null) return [`To carry on: aisafe check ${phase}`];
  const hints: string[] = [];
  if (quiz && !components.quiz) hints.push(`The questions: aisafe check ${phase} --quiz-only`);
  if (recall && !components.recall) hints.push('To bring it back: aisafe review');
  return hints;
}
