import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { assess } from '../../core/assessment/assess.js';
import { attemptsAt, liveCriteria, unfinishedAttempt } from '../../core/assessment/attempts.js';
import type { Checkpoint, Phase } from '../../core/curriculum/model.js';
import type { CheckpointAttempt } from '../../core/progress/state.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { type CheckData, reportCheck } from './report.js';
import { type Sitting, startSitting } from './sitting.js';

export interface CheckInput {
  readonly phase: string;
  /** Path of the answers file; `-` is standard input. */
  readonly answers: string | undefined;
  readonly report: boolean;
  readonly restart: boolean;
  readonly resume: boolean;
}

/** The self-assessment of a phase: from a person, from a file, or the report of the last one. */
export async function check(context: Context, input: CheckInput): Promise<Result<CheckData>> {
  refuseContradictions(input);
  const study = await openStudy(context);
  const { phase, checkpoint } = findCheckpoint(study, input.phase);
  const attempts = attemptsAt(study.progress, study.curriculum, checkpoint);
  const describe = (attempt: CheckpointAttempt | undefined, resumed: boolean): Result<CheckData> => {
    const { curriculum, store } = study;
    const progress = store.progress();
    const all = attemptsAt(progress, curriculum, checkpoint);
    const current = attempt && (all.find((each) => each.id === attempt.id) ?? attempt);
    const readiness = assess({
      checkpoint,
      attempt: current,
      attempts: all,
      progress,
      curriculum,
      day: context.today(),
    });
    const data = reportCheck({ phase, checkpoint, attempt: current, resumed, readiness, progress });
    return { data, outcome: data.ready ? 'ok' : 'negative', hints: hintsFor(data) };
  };
  if (input.report) return describe(attempts.at(-1), false);

  const unfinished = input.restart ? undefined : unfinishedAttempt(attempts);
  if (input.resume && !unfinished) {
    throw new AppError('USAGE', `There is no unfinished attempt at “${checkpoint.title}” to carry on with.`, {
      hint: `aisafe check ${phase.id}`,
    });
  }
  const sitting = startSitting(context, study, checkpoint, unfinished, attempts);
  await answer(context, study, phase, sitting, input);
  return describe(sitting.attempt(), sitting.resumed);
}

async function answer(
  context: Context,
  study: Study,
  phase: Phase,
  sitting: Sitting,
  input: CheckInput,
): Promise<void> {
  if (input.answers !== undefined) {
    const { readAnswersFile } = await import('./answers-file.js');
    const answers = await readAnswersFile(context, study, sitting.checkpoint, input.answers);
    for (const each of answers) sitting.save(each.answer, each.added);
    sitting.finish(context.today());
    return;
  }
  const prompter = await context.prompter(`aisafe check ${phase.id} --answers FILE`);
  const { interview } = await import('./interview.js');
  if (await interview(context, prompter, study, sitting)) sitting.finish(context.today());
}

function refuseContradictions({ report, answers, restart, resume }: CheckInput): void {
  const pairs = [
    [report && answers !== undefined, '--report', '--answers'],
    [report && restart, '--report', '--restart'],
    [report && resume, '--report', '--resume'],
    [restart && resume, '--restart', '--resume'],
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

function hintsFor({ phase, attempt }: CheckData): readonly string[] {
  if (!attempt) return [`To begin: aisafe check ${phase}`];
  return attempt.finishedAt === null ? [`To carry on: aisafe check ${phase}`] : [];
}
