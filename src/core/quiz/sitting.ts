/**
 * One run of questions as a state machine: it is told what the learner did and says what comes next. Whoever drives it
 * stores each move as one action before telling it, so that nothing is lost when the program is killed.
 */
import type { SittingItem } from '../progress/event.js';
import type { QuizResult } from './answer.js';
import type { QuizItem } from './quiz-item.js';
import type { RecordedAnswer } from './recorded-answer.js';

/** What the learner did. `action`: the stored action, for taking it back. */
export type SittingMove =
  | {
      readonly type: 'answered';
      readonly question: string;
      /** `skipped` included. */
      readonly result: QuizResult;
      readonly score: number;
      readonly confidence: number | null;
      readonly action: string;
    }
  | { readonly type: 'flagged'; readonly question: string; readonly note: string; readonly action: string };

export interface Sitting {
  readonly items: readonly SittingItem[];
  /** In the order in which they were made; those taken back are gone. */
  readonly moves: readonly SittingMove[];
  /** The learner left before the end. */
  readonly isQuit: boolean;
}

/** The questions with a seed each, derived from the sitting's own. */
export function planItems(questions: readonly Pick<QuizItem, 'id'>[], seed: string): readonly SittingItem[] {
  return questions.map(({ id }) => ({ question: id, seed: `${seed}/${id}` }));
}

export function beginSitting(items: readonly SittingItem[]): Sitting {
  return { items, moves: [], isQuit: false };
}

/**
 * Carries on where a sitting broke off.
 * @param answers those given in it, in order.
 * @param isKnown questions that the curriculum has dropped meanwhile are left out.
 */
export function resumeSitting(
  items: readonly SittingItem[],
  answers: Iterable<RecordedAnswer>,
  isKnown: (question: string) => boolean = () => true,
): Sitting {
  const moves = [...answers].map(
    ({ question, result, score, confidence, action }): SittingMove => ({
      type: 'answered',
      question,
      result,
      score,
      confidence,
      action,
    }),
  );
  const answered = new Set(moves.map(({ question }) => question));
  return { items: items.filter(({ question }) => answered.has(question) || isKnown(question)), moves, isQuit: false };
}

/** What to ask now; undefined when the sitting is over. */
export function nextItem({ items, moves, isQuit }: Sitting): SittingItem | undefined {
  if (isQuit) return undefined;
  const answered = new Set(moves.flatMap((move) => (move.type === 'answered' ? [move.question] : [])));
  return items.find(({ question }) => !answered.has(question));
}

/** The sitting after a move. An answer to a question that is not open is refused. */
export function advance(sitting: Sitting, move: SittingMove): Sitting {
  if (move.type === 'answered' && nextItem(sitting)?.question !== move.question) {
    throw new RangeError(`${move.question} is not the question that was asked`);
  }
  return { ...sitting, moves: [...sitting.moves, move] };
}

/**
 * Takes back the last answer, with flags set since: the question is asked again.
 * @returns the moves that the store must take back too, newest first; none when nothing was answered yet.
 */
export function takeBackAnswer(sitting: Sitting): {
  readonly sitting: Sitting;
  readonly undone: readonly SittingMove[];
} {
  const last = sitting.moves.findLastIndex((move) => move.type === 'answered');
  if (last < 0) return { sitting, undone: [] };
  return {
    sitting: { ...sitting, moves: sitting.moves.slice(0, last), isQuit: false },
    undone: sitting.moves.slice(last).reverse(),
  };
}

export function quitSitting(sitting: Sitting): Sitting {
  return { ...sitting, isQuit: true };
}

export interface SittingScore {
  readonly asked: number;
  /** Answered and not skipped. */
  readonly answered: number;
  readonly results: Readonly<Record<QuizResult, number>>;
  /** Mean score of what was not skipped, 0 to 1; null when nothing was. */
  readonly score: number | null;
}

export function scoreSitting({ items, moves }: Sitting): SittingScore {
  const results: Record<QuizResult, number> = { correct: 0, partly: 0, wrong: 0, unknown: 0, skipped: 0 };
  let sum = 0;
  for (const move of moves) {
    if (move.type !== 'answered') continue;
    results[move.result] += 1;
    sum += move.score;
  }
  const answered = results.correct + results.partly + results.wrong + results.unknown;
  return { asked: items.length, answered, results, score: answered === 0 ? null : sum / answered };
}
