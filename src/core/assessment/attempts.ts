/** Attempts at a checkpoint, as the learner's history holds them. */
import { type Checkpoint, type Criterion, idsOf } from '../curriculum/model.js';
import { criterionAnswer, type Progress, qualify } from '../progress/progress.js';
import type { CheckpointAttempt } from '../progress/state.js';
import type { GivenAnswer } from './session.js';

/** The criteria that are asked: those that are not retired, in order. */
export function liveCriteria(checkpoint: Checkpoint): readonly Criterion[] {
  return checkpoint.criteria.filter((criterion) => !criterion.retired);
}

/** All attempts, oldest first, under the checkpoint's id and every id it had before. */
export function attemptsAt(
  progress: Progress,
  curriculum: { readonly id: string },
  checkpoint: Checkpoint,
): readonly CheckpointAttempt[] {
  const attempts = new Map<string, CheckpointAttempt>();
  for (const id of idsOf(checkpoint)) {
    for (const attempt of progress.checkpoint.get(qualify(curriculum, id))?.attempts ?? []) {
      const known = attempts.get(attempt.id);
      attempts.set(attempt.id, known ? joinHalves(known, attempt) : attempt);
    }
  }
  return [...attempts.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
}

/** One attempt of which a part was saved before the checkpoint was renamed. */
function joinHalves(a: CheckpointAttempt, b: CheckpointAttempt): CheckpointAttempt {
  const [earlier, later] = a.startedAt <= b.startedAt ? [a, b] : [b, a];
  return { ...earlier, ...later, startedAt: earlier.startedAt, answers: { ...earlier.answers, ...later.answers } };
}

/** The attempt that a new sitting carries on: the newest one, when it was not finished. */
export function unfinishedAttempt(attempts: readonly CheckpointAttempt[]): CheckpointAttempt | undefined {
  const last = attempts.at(-1);
  return last && last.finishedAt === undefined ? last : undefined;
}

/** The newest finished attempt before `attempt`, to compare it with. */
export function previousFinished(
  attempts: readonly CheckpointAttempt[],
  attempt: CheckpointAttempt,
): CheckpointAttempt | undefined {
  const index = attempts.findIndex((each) => each.id === attempt.id);
  return attempts.slice(0, index < 0 ? attempts.length : index).findLast((each) => each.finishedAt !== undefined);
}

/** The saved answers to the criteria that are still asked, for a sitting to carry on with. */
export function givenAnswers(checkpoint: Checkpoint, attempt: CheckpointAttempt): readonly GivenAnswer[] {
  return liveCriteria(checkpoint).flatMap((criterion) => {
    const answer = criterionAnswer(attempt.answers, criterion);
    return answer ? [{ criterion, level: answer.level, support: answer.support }] : [];
  });
}
