/** What `quiz` and `review` return, the same for a person and for `--json`. */
import type { Answer, QuestionForm, QuizResult } from '../../core/quiz/answer.js';

export type QuizMode = 'quiz' | 'review' | 'placement' | 'check';

/** The form without what gives the answer away. */
export type OpenForm =
  | Exclude<QuestionForm, { kind: 'explain' }>
  | Omit<Extract<QuestionForm, { kind: 'explain' }>, 'model'>;

export interface SourceData {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

export interface AnsweredData {
  readonly answer: Answer;
  /** The answer in words. */
  readonly said: string;
  /** 0.5 to 1; null when it was not asked. */
  readonly confidence: number | null;
  readonly result: QuizResult;
  /** False for contested and speculative claims, which are never right or wrong. */
  readonly graded: boolean;
  readonly score: number;
  readonly expected: string;
  readonly remarks: readonly string[];
  readonly explanation: string;
  /** A good answer to an explain question. */
  readonly model: string | null;
  readonly sources: readonly SourceData[];
  /** When the question comes back; null when the answer scheduled nothing. */
  readonly next: { readonly due: string; readonly intervalDays: number } | null;
  /** It has been forgotten so often that asking again will not help. */
  readonly leech: boolean;
}

export interface QuestionData {
  readonly question: string;
  readonly kind: QuestionForm['kind'];
  readonly concepts: readonly string[];
  readonly difficulty: number;
  /** Seed of the figures and of the order of options. */
  readonly seed: string;
  readonly prompt: string;
  readonly form: OpenForm;
  /** Null: not answered yet. */
  readonly answered: AnsweredData | null;
}

export interface ConceptScore {
  readonly id: string;
  readonly name: string;
  /** Questions answered, skipped ones left out. */
  readonly questions: number;
  /** Mean score, 0 to 1. */
  readonly score: number;
}

export interface SummaryData {
  readonly questions: number;
  readonly answered: number;
  readonly results: Readonly<Record<QuizResult, number>>;
  /** Mean score of what was not skipped, 0 to 1; null when nothing was answered. */
  readonly score: number | null;
  /** Weakest first. */
  readonly concepts: readonly ConceptScore[];
}

export interface CalibrationData {
  /** Answers with a confidence, of all sittings. */
  readonly n: number;
  /** Mean squared distance of confidence and truth; 0 is best. Null without answers. */
  readonly brier: number | null;
  /** Null below 30 answers. */
  readonly verdict: 'overconfident' | 'underconfident' | 'calibrated' | null;
}

export interface PlacementData {
  readonly module: string;
  readonly title: string;
  /** Whether the score reaches the bar; null while questions are open. */
  readonly passed: boolean | null;
  readonly bar: number;
  /** Tasks that now count as known. */
  readonly waived: readonly { readonly id: string; readonly title: string }[];
}

export interface QuizData {
  readonly mode: QuizMode;
  /** Null: everything. */
  readonly topic: { readonly id: string; readonly title: string } | null;
  /** Null as long as nothing is saved. */
  readonly sitting: string | null;
  readonly seed: string;
  /** Is an earlier sitting carried on? */
  readonly resumed: boolean;
  /** Who answered: a person, a file, or nobody (the questions are listed). */
  readonly answeredBy: 'person' | 'file' | 'nobody';
  readonly finished: boolean;
  readonly questions: readonly QuestionData[];
  readonly summary: SummaryData;
  readonly calibration: CalibrationData;
  readonly due: {
    /** Questions still due today, within the day's limit. */
    readonly today: number;
    /** The next day on which something comes back. */
    readonly next: { readonly day: string; readonly questions: number } | null;
  };
  readonly placement: PlacementData | null;
}

/** Counts and scores over questions. */
export function summarise(questions: readonly QuestionData[], conceptName: (id: string) => string): SummaryData {
  const results: Record<QuizResult, number> = { correct: 0, partly: 0, wrong: 0, unknown: 0, skipped: 0 };
  const scores = new Map<string, number[]>();
  const all: number[] = [];
  for (const { answered, concepts } of questions) {
    if (!answered) continue;
    results[answered.result]++;
    if (answered.result === 'skipped' || !answered.graded) continue;
    all.push(answered.score);
    for (const concept of concepts) scores.set(concept, [...(scores.get(concept) ?? []), answered.score]);
  }
  return {
    questions: questions.length,
    answered: questions.filter(({ answered }) => answered !== null).length,
    results,
    score: all.length === 0 ? null : mean(all),
    concepts: [...scores]
      .map(([id, list]) => ({ id, name: conceptName(id), questions: list.length, score: mean(list) }))
      .sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
