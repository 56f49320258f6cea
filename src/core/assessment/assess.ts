/** Readiness at a checkpoint: what the answers of an attempt amount to today. */
import type { Checkpoint, Criterion, Curriculum, TaskItem } from '../curriculum/model.js';
import { criterionAnswer, type Progress } from '../progress/progress.js';
import type { CheckpointAttempt, CriterionAnswer } from '../progress/state.js';
import { liveCriteria, previousFinished } from './attempts.js';
import type { QuizReadiness, RecallReadiness } from './drawn-questions.js';
import { findGapTasks } from './gap-task.js';
import { type AnswerSupport, findSupport } from './support.js';

/**
 * `ready`: at or above the pass mark, on the learner's own word or on evidence that counts and holds.
 * `unsupported`: high enough, but given with evidence of which nothing counts and holds any more.
 */
export type CriterionStatus = 'ready' | 'below' | 'unsupported' | 'unanswered';

/** An answer as it was given. */
export interface AnswerSummary {
  readonly level: number;
  readonly selfAttested: boolean;
}

export interface CriterionReadiness {
  readonly criterion: Criterion;
  readonly status: CriterionStatus;
  readonly answer: CriterionAnswer | undefined;
  readonly support: AnswerSupport;
  /** The question, its levels or its pass mark are not those that the learner saw. */
  readonly questionChanged: boolean;
  /** The answer of the last finished attempt before this one. */
  readonly before: AnswerSummary | undefined;
  /** Is the answer another than before? */
  readonly changed: boolean;
  /** For a criterion that is not ready: the task to do next. */
  readonly nextTask: TaskItem | undefined;
}

/** The part of readiness that the criteria decide. */
export interface CriteriaReadiness {
  readonly ready: boolean;
  readonly criteria: readonly CriterionReadiness[];
  readonly answered: number;
  /** Of the criteria that are ready, the share that rests on the learner's word alone; undefined when none is ready. */
  readonly selfAttestedShare: number | undefined;
}

/** The part of readiness that evidence decides: what is claimed must still be shown, or said to be the learner's word. */
export interface EvidenceReadiness {
  /** No criterion rests on evidence of which nothing counts and holds. */
  readonly ready: boolean;
  /** Criteria at or above their bar, by what they rest on. */
  readonly backed: number;
  readonly selfAttested: number;
  readonly unsupported: number;
}

export interface Readiness {
  /** Every component is ready. */
  readonly ready: boolean;
  readonly components: {
    readonly criteria: CriteriaReadiness;
    readonly evidence: EvidenceReadiness;
    /** Undefined when the checkpoint draws no questions, or there are none. */
    readonly quiz: QuizReadiness | undefined;
    readonly recall: RecallReadiness | undefined;
  };
}

export interface AssessmentInput {
  readonly checkpoint: Checkpoint;
  /** Undefined: the checkpoint was never attempted. */
  readonly attempt: CheckpointAttempt | undefined;
  /** All attempts at the checkpoint, oldest first; the one before is looked up here. */
  readonly attempts: readonly CheckpointAttempt[];
  readonly progress: Progress;
  readonly curriculum: Curriculum;
  /** The study day, YYYY-MM-DD. */
  readonly day: string;
  /** What the drawn questions came to; undefined when the checkpoint draws none. */
  readonly drawn?: { readonly quiz: QuizReadiness; readonly recall: RecallReadiness } | undefined;
}

const noSupport: AnswerSupport = {
  selfAttested: false,
  evidence: [],
  removed: [],
  backed: false,
  needsExplanation: false,
};

/** What an attempt amounts to, with today's evidence, today's curriculum and today's tasks. */
export function assess(input: AssessmentInput): Readiness {
  const { checkpoint, attempt, attempts, progress, curriculum, day } = input;
  const previous = attempt && previousFinished(attempts, attempt);
  const nextTaskFor = findGapTasks(curriculum, progress, day);
  const results = liveCriteria(checkpoint).map((criterion): CriterionReadiness => {
    const answer = attempt && criterionAnswer(attempt.answers, criterion);
    const earlier = previous && criterionAnswer(previous.answers, criterion);
    const support = answer ? findSupport(progress, curriculum, checkpoint, criterion, answer) : noSupport;
    const status = statusOf(criterion, answer, support);
    const revision = curriculum.revisions[`${checkpoint.id}/${criterion.id}`];
    const before = earlier && summarise(earlier);
    const after = answer && summarise(answer);
    // In an unfinished attempt, what is not answered yet is no news.
    const comparable = previous !== undefined && (after !== undefined || attempt?.finishedAt !== undefined);
    return {
      criterion,
      status,
      answer,
      support,
      questionChanged: Boolean(answer?.revision && revision && answer.revision !== revision),
      before,
      changed: comparable && (before?.level !== after?.level || before?.selfAttested !== after?.selfAttested),
      nextTask: status === 'ready' ? undefined : nextTaskFor(criterion),
    };
  });
  const criteria = summariseCriteria(results);
  const components = {
    criteria,
    evidence: summariseEvidence(results),
    quiz: input.drawn?.quiz,
    recall: input.drawn?.recall,
  };
  return { ready: Object.values(components).every((component) => component?.ready ?? true), components };
}

function summariseEvidence(criteria: readonly CriterionReadiness[]): EvidenceReadiness {
  const unsupported = criteria.filter(({ status }) => status === 'unsupported').length;
  const passing = criteria.filter(({ status }) => status === 'ready');
  const selfAttested = passing.filter(({ support }) => support.selfAttested).length;
  return { ready: unsupported === 0, backed: passing.length - selfAttested, selfAttested, unsupported };
}

function summariseCriteria(criteria: readonly CriterionReadiness[]): CriteriaReadiness {
  const passing = criteria.filter(({ status }) => status === 'ready');
  const attested = passing.filter(({ support }) => support.selfAttested);
  return {
    ready: passing.length === criteria.length,
    criteria,
    answered: criteria.filter(({ answer }) => answer !== undefined).length,
    selfAttestedShare: passing.length === 0 ? undefined : attested.length / passing.length,
  };
}

function statusOf(criterion: Criterion, answer: CriterionAnswer | undefined, support: AnswerSupport): CriterionStatus {
  if (!answer) return 'unanswered';
  if (answer.level < criterion.pass) return 'below';
  return support.backed || support.selfAttested ? 'ready' : 'unsupported';
}

function summarise(answer: CriterionAnswer): AnswerSummary {
  return { level: answer.level, selfAttested: answer.support.type === 'self-attested' };
}
