import { addDays, daysBetween } from '../time/calendar.js';
import type { CardState } from './card.js';
import { defaultParameters } from './parameters.js';

/** Study day of the last review. */
export function lastReviewDay(card: Extract<CardState, { phase: 'review' }>): string {
  return addDays(card.due, -card.intervalDays);
}

/**
 * Estimated probability of recall on a study day, 0 to 1; null for a card that was never reviewed.
 * The forgetting curve of FSRS-6, R(t, S) = (1 + F t / S)^-w20 with F such that R(S, S) = 0.9. It is written out here
 * because status and readiness ask for it at start-up, where ts-fsrs is not loaded; a test compares the two.
 */
export function retrievability(
  card: CardState,
  day: string,
  parameters: readonly number[] = defaultParameters,
): number | null {
  if (card.phase === 'new') return null;
  const decay = -(parameters[20] ?? 0.1542);
  const factor = round8(Math.exp(Math.log(0.9) / decay) - 1);
  const elapsed = Math.max(0, daysBetween(lastReviewDay(card), day));
  return round8((1 + (factor * elapsed) / card.memory.stability) ** decay);
}

function round8(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}
