/** How well a learner knows what they know: confidence, told before the reveal, against what came out. */
import type { CardProgress } from '../progress/state.js';
import type { ConfidenceCount } from './recorded-answer.js';

/** Below so many answers nothing is concluded. */
const leastForVerdict = 30;

/** From here on a learner counts as sure. */
export const sureConfidence = 0.8;

export type CalibrationVerdict = 'overconfident' | 'underconfident' | 'calibrated';

export interface ReliabilityBin {
  /** Confidences from `from` up to but not `to`; the last bin includes 1. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Means over the bin, 0 to 1; null when it is empty. */
  readonly confidence: number | null;
  readonly correct: number | null;
}

export interface Calibration {
  /** Answers with a confidence. */
  readonly n: number;
  /** Mean squared distance of confidence and truth (Brier 1950): 0 is perfect, 0.25 is saying 50 % always; null without answers. */
  readonly brier: number | null;
  /** Mean confidence and share of right answers, 0 to 1. */
  readonly confidence: number | null;
  readonly correct: number | null;
  readonly bins: readonly ReliabilityBin[];
  /** Null below 30 answers. */
  readonly verdict: CalibrationVerdict | null;
}

const edges = [0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** A difference of means below this is of no practical meaning, however many answers there are. */
const leastGap = 0.05;

/** A confidence is of being right: an answer that is partly right was not right. Skipped ones do not count. */
export function calibrate(counts: Iterable<ConfidenceCount>): Calibration {
  const all = [...counts].filter(({ result }) => result !== 'skipped');
  const total = sumUp(all);
  return {
    n: total.n,
    brier: total.n === 0 ? null : total.squares / total.n,
    confidence: total.confidence,
    correct: total.correct,
    bins: edges.slice(0, -1).map((from, index) => {
      const to = edges[index + 1] ?? 1;
      const { n, confidence, correct } = sumUp(all.filter((each) => binOf(each.confidence) === index));
      return { from, to, n, confidence, correct };
    }),
    verdict: judge(total),
  };
}

interface Sum {
  readonly n: number;
  readonly squares: number;
  readonly confidence: number | null;
  readonly correct: number | null;
}

function sumUp(counts: readonly ConfidenceCount[]): Sum {
  let n = 0;
  let squares = 0;
  let confidence = 0;
  let correct = 0;
  for (const each of counts) {
    const truth = each.result === 'correct' ? 1 : 0;
    n += each.count;
    squares += each.count * (each.confidence - truth) ** 2;
    confidence += each.count * each.confidence;
    correct += each.count * truth;
  }
  return { n, squares, confidence: n === 0 ? null : confidence / n, correct: n === 0 ? null : correct / n };
}

function binOf(confidence: number): number {
  const index = edges.findLastIndex((edge) => confidence >= edge);
  return Math.min(Math.max(index, 0), edges.length - 2);
}

/** Over- or underconfident when the two means lie further apart than two standard errors, and than is worth a word. */
function judge({ n, squares, confidence, correct }: Sum): CalibrationVerdict | null {
  if (n < leastForVerdict || confidence === null || correct === null) return null;
  const gap = confidence - correct;
  const standardError = Math.sqrt(Math.max(0, squares / n - gap ** 2) / n);
  if (Math.abs(gap) <= Math.max(leastGap, 2 * standardError)) return 'calibrated';
  return gap > 0 ? 'overconfident' : 'underconfident';
}

/** A question that the learner last got wrong while being sure. */
export interface SureMistake {
  readonly question: string;
  readonly confidence: number;
  readonly at: string;
  readonly concepts: readonly string[];
}

/** Surest first, then newest first. It leaves the list with the next answer. */
export function sureMistakes(cards: ReadonlyMap<string, CardProgress>): readonly SureMistake[] {
  return [...cards]
    .flatMap(([question, { lastResult, lastConfidence, lastAt, concepts }]) =>
      lastResult === 'wrong' && lastConfidence !== null && lastConfidence >= sureConfidence && lastAt !== null
        ? [{ question, confidence: lastConfidence, at: lastAt, concepts }]
        : [],
    )
    .sort(
      (a, b) => b.confidence - a.confidence || (a.at < b.at ? 1 : a.at > b.at ? -1 : a.question < b.question ? -1 : 1),
    );
}

/** How many such mistakes touch each concept. */
export function mistakenConcepts(mistakes: readonly SureMistake[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { concepts } of mistakes) {
    for (const concept of concepts) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  }
  return counts;
}
