import type { CardProgress } from '../../../src/core/progress/state.js';
import type { QuizItem } from '../../../src/core/quiz/quiz-item.js';

/** A question that matters only by what is given. */
export function question(id: string, given: Partial<QuizItem> = {}): QuizItem {
  return { id, kind: 'choice', concepts: ['softmax'], source: [`source-of-${id}`], difficulty: 3, ...given };
}

/** A card that was answered rightly once, and matters only by what is given. */
export function answered(given: Partial<CardProgress> = {}): CardProgress {
  return {
    card: { phase: 'new' },
    answers: 1,
    correct: 1,
    lastAt: '2026-11-01T12:00:00.000Z',
    lastResult: 'correct',
    lastConfidence: null,
    lapses: 0,
    confidences: [],
    streaks: { now: 1, best: 1 },
    flagged: null,
    suspended: null,
    concepts: ['softmax'],
    revision: 'aa',
    ...given,
  };
}

/** A scheduled card. */
export function dueOn(due: string, intervalDays = 10, given: Partial<CardProgress> = {}): CardProgress {
  const card = {
    phase: 'review',
    memory: { stability: intervalDays, difficulty: 5 },
    lastReviewedAt: '2026-11-01T12:00:00.000Z',
    due,
    intervalDays,
    reps: 2,
    lapses: 0,
  } as const;
  return answered({ card, ...given });
}
