import type { EventData } from '../progress/event.js';
import type { QuizResult } from './answer.js';

/** One answer of the history, with everything that was stored of it. */
export interface RecordedAnswer extends Readonly<EventData['question.answered']> {
  /** The action that an undo of it takes back. */
  readonly action: string;
  readonly curriculum: string;
  readonly question: string;
  readonly at: string;
  /** Study day. */
  readonly day: string;
  /** Content hash of the question as it was asked. */
  readonly revision: string | null;
}

/** So many answers were given with this confidence (0.5 to 1) and came out so. */
export interface ConfidenceCount {
  readonly confidence: number;
  readonly result: QuizResult;
  readonly count: number;
}
