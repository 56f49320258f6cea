/** One attempt being answered: what is saved so far, and saving the next answer. */
import type { Context } from '../../context.js';
import { type AssessmentInput, assess } from '../../core/assessment/assess.js';
import { attemptsAt } from '../../core/assessment/attempts.js';
import type { GivenAnswer } from '../../core/assessment/session.js';
import type { Checkpoint } from '../../core/curriculum/model.js';
import type { EvidenceReference, NewEvent } from '../../core/progress/event.js';
import { qualify } from '../../core/progress/progress.js';
import type { CheckpointAttempt } from '../../core/progress/state.js';
import { subject } from '../../core/progress/subject.js';
import { newId } from '../../platform/new-id.js';
import type { Study } from '../lookup.js';

/** Evidence that is new with an answer, and saved together with it. */
export interface NewEvidence {
  readonly id: string;
  readonly reference: EvidenceReference;
}

export interface Sitting {
  readonly checkpoint: Checkpoint;
  readonly resumed: boolean;
  /** The last attempt before this one. */
  readonly previous: CheckpointAttempt | undefined;
  /** Undefined until the first answer is saved. */
  attempt(): CheckpointAttempt | undefined;
  /** Saves an answer with its new evidence, as one action. */
  save(answer: GivenAnswer, added: readonly NewEvidence[]): void;
  finish(day: string, drawn: AssessmentInput['drawn']): void;
}

/**
 * Takes up an attempt.
 * @param unfinished the attempt to carry on; undefined begins a new one with its first answer.
 */
export function startSitting(
  context: Context,
  { curriculum, store }: Study,
  checkpoint: Checkpoint,
  unfinished: CheckpointAttempt | undefined,
  attempts: readonly CheckpointAttempt[],
): Sitting {
  const id = unfinished?.id ?? newId(context.random, (each) => attempts.some((attempt) => attempt.id === each));
  const about = subject.checkpoint(curriculum.id, checkpoint.id);
  const revisionOf = (item: string) => curriculum.revisions[item] ?? null;
  const current = () => attemptsAt(store.progress(), curriculum, checkpoint);
  const attempt = () => current().find((each) => each.id === id);
  return {
    checkpoint,
    resumed: unfinished !== undefined,
    previous: attempts.findLast((each) => each.id !== id),
    attempt,
    save: ({ criterion, level, support }, added) => {
      const item = `${checkpoint.id}/${criterion.id}`;
      const events: NewEvent[] = [];
      if (!attempt())
        events.push({
          kind: 'checkpoint.started',
          subject: about,
          revision: revisionOf(checkpoint.id),
          data: { attempt: id },
        });
      for (const { id: evidence, reference } of added) {
        const data = { items: [qualify(curriculum, item)], reference };
        events.push({ kind: 'evidence.added', subject: subject.evidence(evidence), revision: revisionOf(item), data });
      }
      const data = { attempt: id, criterion: criterion.id, level, support };
      events.push({ kind: 'checkpoint.answered', subject: about, revision: revisionOf(item), data });
      store.append(events);
    },
    finish: (day, drawn) => {
      const now = attempt();
      if (!now) return;
      const readiness = assess({
        checkpoint,
        attempt: now,
        attempts: current(),
        progress: store.progress(),
        curriculum,
        day,
        drawn,
      });
      const data = { attempt: id, ready: readiness.ready };
      store.append([{ kind: 'checkpoint.finished', subject: about, revision: revisionOf(checkpoint.id), data }]);
    },
  };
}
