/** What a review asks today: capped, so that a break never ends in a heap, and mixed, so that each card is recalled. */
import type { CardProgress } from '../progress/state.js';
import { isAskable } from '../quiz/askable.js';
import { interleave, withoutSiblings } from '../quiz/interleave.js';
import type { QuizItem } from '../quiz/quiz-item.js';
import type { RecordedAnswer } from '../quiz/recorded-answer.js';

/** A question and what is known of it; `progress` is undefined for one that was never met. */
export interface ReviewCard<Q extends QuizItem = QuizItem> {
  readonly question: Q;
  readonly progress: CardProgress | undefined;
  /** Content hash of the question as it is now. */
  readonly revision?: string | undefined;
}

/** How many cards of each sort. */
export interface DailyCount {
  readonly new: number;
  readonly due: number;
}

export interface QueueOptions {
  /** Study day, YYYY-MM-DD. */
  readonly day: string;
  readonly caps: DailyCount;
  /** Already done today: it counts against the caps. */
  readonly done: DailyCount;
  /** At most so many in this sitting; undefined: as many as the caps leave. */
  readonly limit?: number | undefined;
  readonly seed: string;
}

export interface DueQueue<Q extends QuizItem = QuizItem> {
  /** In the order of asking. */
  readonly cards: readonly ReviewCard<Q>[];
  /** Due today beyond this sitting: those that the day's cap still allows, and those that wait for another day. */
  readonly left: { readonly today: number; readonly later: number };
}

/**
 * The cards of one sitting. Due ones come before new ones: longest due first when not all fit; new ones in the order
 * given. Then all are interleaved by concept; no two share a source where avoidable.
 * @param cards due and never scheduled ones; others, retired, suspended and flagged ones are passed over.
 */
export function dueQueue<Q extends QuizItem>(cards: readonly ReviewCard<Q>[], options: QueueOptions): DueQueue<Q> {
  const { day, caps, done, seed } = options;
  const open = cards.filter(({ question, progress, revision }) => !question.retired && isAskable(progress, revision));
  const due = open
    .map((card) => ({ card, since: dueSince(card.progress) }))
    .filter(({ since }) => since !== undefined && since <= day)
    .sort((a, b) => compare(a.since, b.since) || compare(a.card.question.id, b.card.question.id))
    .map(({ card }) => card);
  const fresh = open.filter(({ progress }) => dueSince(progress) === undefined);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const dueToday = Math.min(due.length, Math.max(0, caps.due - done.due));
  const newToday = Math.min(fresh.length, Math.max(0, caps.new - done.new));
  const dueNow = choose(due, Math.min(dueToday, limit));
  const newNow = choose(fresh, Math.min(newToday, limit - dueNow.length), dueNow);
  const chosen = new Map([...dueNow, ...newNow].map((card) => [card.question, card]));
  const order = interleave([...chosen.keys()], seed);
  return {
    cards: order.flatMap((question) => chosen.get(question) ?? []),
    left: { today: dueToday - dueNow.length, later: due.length - dueToday },
  };
}

/** How many cards the answers brought in as new, and how many due ones they dealt with, on a study day. */
export function countReviewed(answers: Iterable<RecordedAnswer>, day: string): DailyCount {
  const seen = { new: new Set<string>(), due: new Set<string>() };
  for (const { day: answeredOn, curriculum, question, mode, scheduling } of answers) {
    if (answeredOn !== day || !scheduling) continue;
    const name = `${curriculum}/${question}`;
    if (scheduling.before.phase === 'new') seen.new.add(name);
    else if (mode === 'review' && !seen.new.has(name)) seen.due.add(name);
  }
  return { new: seen.new.size, due: seen.due.size };
}

function dueSince(progress: CardProgress | undefined): string | undefined {
  return progress?.card.phase === 'review' ? progress.card.due : undefined;
}

function choose<Q extends QuizItem>(
  cards: readonly ReviewCard<Q>[],
  count: number,
  besides: readonly ReviewCard<Q>[] = [],
): readonly ReviewCard<Q>[] {
  const byQuestion = new Map(cards.map((card) => [card.question, card]));
  const earlier = besides.map(({ question }) => question);
  const chosen = withoutSiblings([...byQuestion.keys()], Math.max(0, count), earlier);
  return chosen.flatMap((question) => byQuestion.get(question) ?? []);
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
