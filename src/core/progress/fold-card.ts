import { addConfidence } from '../quiz/confidence-counts.js';
import type { AnyEvent } from './event.js';
import type { CardProgress } from './state.js';

const untouched: CardProgress = {
  card: { phase: 'new' },
  answers: 0,
  correct: 0,
  lastAt: null,
  lastResult: null,
  lastConfidence: null,
  confidences: [],
  lapses: 0,
  streaks: { now: 0, best: 0 },
  flagged: null,
  suspended: null,
  concepts: [],
  revision: null,
};

/**
 * Where a question stands after one more event. The schedule is what the newest answer's record says: after a merge of
 * two machines that knew nothing of each other the later review wins, while answers and lapses of both are counted.
 */
export function foldCard(state: CardProgress | undefined, event: AnyEvent): CardProgress | undefined {
  const before = state ?? untouched;
  switch (event.kind) {
    case 'question.answered':
      return foldAnswer(before, event);
    case 'question.flagged':
      return { ...before, flagged: { at: event.at, note: event.data.note, revision: event.revision } };
    case 'question.unflagged':
      return { ...before, flagged: null };
    case 'card.suspended':
      return { ...before, suspended: { at: event.at, reason: event.data.reason } };
    case 'card.resumed':
      return { ...before, suspended: null };
    case 'card.reset':
      return { ...before, card: { phase: 'new' }, lapses: 0, streaks: { ...before.streaks, now: 0 }, suspended: null };
    default:
      return state;
  }
}

type Answered = Extract<AnyEvent, { kind: 'question.answered' }>;

function foldAnswer(before: CardProgress, { at, revision, data }: Answered): CardProgress {
  const { result, confidence, concepts, scheduling } = data;
  if (result === 'skipped') return before;
  const isRight = result === 'correct';
  const run = isRight ? before.streaks.now + 1 : 0;
  const isLapse = scheduling?.rating === 1 && scheduling.before.phase === 'review';
  return {
    ...before,
    card: scheduling?.after ?? before.card,
    answers: before.answers + 1,
    correct: before.correct + (isRight ? 1 : 0),
    lastAt: at,
    lastResult: result,
    lastConfidence: confidence,
    confidences:
      confidence === null ? before.confidences : addConfidence(before.confidences, { confidence, result, count: 1 }),
    lapses: before.lapses + (isLapse ? 1 : 0),
    streaks: { now: run, best: Math.max(run, before.streaks.best) },
    concepts,
    revision: revision ?? before.revision,
  };
}
