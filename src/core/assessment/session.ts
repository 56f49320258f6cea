/**
 * A sitting at a checkpoint as a state machine: for each criterion a level, then what shows it. Pure: the command feeds
 * it moves and saves each answer that comes out, so a sitting that breaks off is resumed from what was saved.
 */
import type { Criterion } from '../curriculum/model.js';
import type { Support } from '../progress/event.js';

/** An answer to one criterion, complete. */
export interface GivenAnswer {
  readonly criterion: Criterion;
  /** 0 to 3: an index into the criterion's anchored levels. */
  readonly level: number;
  readonly support: Support;
}

export type SessionStep =
  | { readonly at: 'level'; readonly index: number }
  | { readonly at: 'support'; readonly index: number; readonly level: number }
  /** All criteria were passed by; some may have been skipped. */
  | { readonly at: 'review' }
  | { readonly at: 'finished' }
  /** Stopped, to be resumed later. */
  | { readonly at: 'left' };

export interface Session {
  /** Criteria in order, at least one. */
  readonly criteria: readonly Criterion[];
  /** Answers so far, by criterion id. */
  readonly answers: ReadonlyMap<string, GivenAnswer>;
  readonly step: SessionStep;
}

export type SessionMove =
  | { readonly type: 'level'; readonly level: number }
  | { readonly type: 'support'; readonly support: Support }
  | { readonly type: 'back' }
  | { readonly type: 'skip' }
  /** From the review to the first criterion without an answer, or to the first of all. */
  | { readonly type: 'revisit' }
  | { readonly type: 'finish' }
  | { readonly type: 'quit' };

export interface Advanced {
  readonly session: Session;
  /** An answer that is now complete and must be saved. */
  readonly answer?: GivenAnswer;
}

/**
 * Begins a sitting, or resumes one: it stands at the first criterion that has no answer, or at the review.
 * @param criteria the checkpoint's criteria that are not retired, in order.
 */
export function startSession(criteria: readonly Criterion[], answers: Iterable<GivenAnswer> = []): Session {
  const known = new Map([...answers].map((answer) => [answer.criterion.id, answer]));
  const open = criteria.findIndex((criterion) => !known.has(criterion.id));
  return { criteria, answers: known, step: open < 0 ? { at: 'review' } : { at: 'level', index: open } };
}

/** The criterion that the session stands at. */
export function currentCriterion({ criteria, step }: Session): Criterion | undefined {
  return step.at === 'level' || step.at === 'support' ? criteria[step.index] : undefined;
}

/** Criteria without an answer, in order. */
export function unansweredCriteria({ criteria, answers }: Session): readonly Criterion[] {
  return criteria.filter((criterion) => !answers.has(criterion.id));
}

/**
 * One move. A level below the criterion's pass mark claims nothing, so it needs no support and is complete at once.
 * @throws RangeError for a move that the step does not offer, a level out of range, or evidence that names nothing.
 */
export function advance(session: Session, move: SessionMove): Advanced {
  const { step } = session;
  if (move.type === 'quit' && step.at !== 'finished') return { session: { ...session, step: { at: 'left' } } };
  switch (step.at) {
    case 'level':
      return advanceFromLevel(session, step.index, move);
    case 'support':
      return advanceFromSupport(session, step.index, step.level, move);
    case 'review':
      return advanceFromReview(session, move);
    default:
      throw refused(session, move);
  }
}

function advanceFromLevel(session: Session, index: number, move: SessionMove): Advanced {
  switch (move.type) {
    case 'level': {
      const criterion = criterionAt(session, index);
      if (!Number.isInteger(move.level) || move.level < 0 || move.level >= criterion.levels.length) {
        throw new RangeError(`level ${move.level} of “${criterion.id}”`);
      }
      if (move.level >= criterion.pass)
        return { session: { ...session, step: { at: 'support', index, level: move.level } } };
      return complete(session, index, { criterion, level: move.level, support: { type: 'self-attested' } });
    }
    case 'back':
      return { session: { ...session, step: { at: 'level', index: Math.max(0, index - 1) } } };
    case 'skip':
      return { session: goOn(session, index) };
    default:
      throw refused(session, move);
  }
}

function advanceFromSupport(session: Session, index: number, level: number, move: SessionMove): Advanced {
  switch (move.type) {
    case 'support': {
      const { support } = move;
      if (support.type === 'evidence' && support.evidence.length === 0)
        throw new RangeError('evidence that names nothing');
      return complete(session, index, { criterion: criterionAt(session, index), level, support });
    }
    case 'back':
      return { session: { ...session, step: { at: 'level', index } } };
    case 'skip':
      return { session: goOn(session, index) };
    default:
      throw refused(session, move);
  }
}

function advanceFromReview(session: Session, move: SessionMove): Advanced {
  switch (move.type) {
    case 'finish':
      return { session: { ...session, step: { at: 'finished' } } };
    case 'revisit': {
      const open = session.criteria.findIndex((criterion) => !session.answers.has(criterion.id));
      return { session: { ...session, step: { at: 'level', index: Math.max(0, open) } } };
    }
    case 'back':
      return { session: { ...session, step: { at: 'level', index: session.criteria.length - 1 } } };
    default:
      throw refused(session, move);
  }
}

function complete(session: Session, index: number, answer: GivenAnswer): Advanced {
  const answers = new Map(session.answers).set(answer.criterion.id, answer);
  return { session: goOn({ ...session, answers }, index), answer };
}

/** To the next criterion; after the last one to the review, or straight to the end when nothing was left out. */
function goOn(session: Session, index: number): Session {
  if (index + 1 < session.criteria.length) return { ...session, step: { at: 'level', index: index + 1 } };
  const step: SessionStep = unansweredCriteria(session).length > 0 ? { at: 'review' } : { at: 'finished' };
  return { ...session, step };
}

function criterionAt(session: Session, index: number): Criterion {
  const criterion = session.criteria[index];
  if (!criterion) throw new RangeError(`no criterion at ${index}`);
  return criterion;
}

function refused(session: Session, move: SessionMove): RangeError {
  return new RangeError(`“${move.type}” at “${session.step.at}”`);
}
