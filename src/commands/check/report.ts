/** The data of `aisafe check`: an attempt and what it amounts to. */
import type { AnswerSummary, CriterionReadiness, CriterionStatus, Readiness } from '../../core/assessment/assess.js';
import type { QuizReadiness } from '../../core/assessment/drawn-questions.js';
import { gapReason } from '../../core/assessment/gap-reason.js';
import { referenceText } from '../../core/assessment/reference.js';
import type { CriterionEvidence } from '../../core/assessment/support.js';
import type { Checkpoint, Phase } from '../../core/curriculum/model.js';
import { estimatedMinutes } from '../../core/planning/estimate.js';
import type { Progress } from '../../core/progress/progress.js';
import type { CheckpointAttempt } from '../../core/progress/state.js';
import type { QuestionData } from '../quiz/report.js';

export interface CheckData {
  readonly phase: string;
  readonly checkpoint: string;
  readonly title: string;
  /** Null: never attempted. */
  readonly attempt: AttemptData | null;
  /** Every component is ready. */
  readonly ready: boolean;
  /** Each by itself; null: not asked for here. */
  readonly components: {
    /** Every criterion is answered at its bar or above. */
    readonly criteria: boolean;
    /** What is claimed is shown by evidence that holds, or said to be the learner's own word. */
    readonly evidence: boolean;
    readonly quiz: boolean | null;
    readonly recall: boolean | null;
  };
  /** It was ready when it was finished, and estimated recall has fallen below its bar since. */
  readonly faded: boolean;
  /** Null: the checkpoint draws no questions, or there are none on its phase. */
  readonly quiz: CheckQuizData | null;
  /** How well the questions of the phase are remembered today, by estimate. */
  readonly recall: {
    /** 0 to 1; null when nothing is scheduled yet. */
    readonly share: number | null;
    readonly pass: number;
    /** Questions that it rests on. */
    readonly questions: number;
  } | null;
  readonly criteria: readonly CriterionData[];
  /** Of the criteria that are ready, the share (0 to 1) on the learner's word alone; null when none is ready. */
  readonly selfAttestedShare: number | null;
  readonly answered: number;
  readonly total: number;
  /** What is not ready, in the order of the criteria. */
  readonly gaps: readonly GapData[];
  /** Answers that differ from those of the last finished attempt before this one. */
  readonly changes: readonly ChangeData[];
}

export interface CheckQuizData {
  readonly state: QuizReadiness['state'];
  /** Share of right answers that passes, 0 to 1. */
  readonly pass: number;
  readonly asked: number;
  readonly answered: number;
  readonly right: number;
  /** Null until all are answered. */
  readonly share: number | null;
  readonly at: string | null;
  /** Seed of the questions asked or listed by this call; null when it asked none. */
  readonly seed: string | null;
  /** The questions of this call, with their answers as far as they are given. */
  readonly questions: readonly QuestionData[];
}

export interface AttemptData {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Was it carried on by this call? */
  readonly resumed: boolean;
  /** What it came to when it was finished; evidence may have changed since. */
  readonly readyWhenFinished: boolean | null;
}

export interface CriterionData {
  readonly id: string;
  readonly question: string;
  readonly status: CriterionStatus;
  readonly level: number | null;
  readonly levelText: string | null;
  readonly passLevel: number;
  readonly passText: string;
  /** On the learner's word alone. */
  readonly selfAttested: boolean;
  readonly evidence: readonly CriterionEvidenceData[];
  readonly answeredAt: string | null;
  /** The question is not the one that was answered. */
  readonly questionChanged: boolean;
}

export interface CriterionEvidenceData {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** Does the answer rest on it? */
  readonly cited: boolean;
  /** Is it of a kind that counts for this criterion? */
  readonly counts: boolean;
  readonly holds: boolean;
  /** What the last verification found, when it no longer holds. */
  readonly problem: string | null;
}

export interface GapData {
  readonly criterion: string;
  readonly because: string;
  readonly status: Exclude<CriterionStatus, 'ready'>;
  /** A lab shows the code, and the learner's own explanation is what is missing. */
  readonly needsExplanation: boolean;
  readonly nextTask: {
    readonly id: string;
    readonly title: string;
    readonly minutes: readonly [number, number];
  } | null;
}

export interface ChangeData {
  readonly criterion: string;
  readonly before: AnswerSummary | null;
  readonly after: AnswerSummary | null;
}

export interface ReportInput {
  readonly phase: Phase;
  readonly checkpoint: Checkpoint;
  readonly attempt: CheckpointAttempt | undefined;
  readonly resumed: boolean;
  readonly readiness: Readiness;
  readonly progress: Progress;
  /** The drawn questions of this call. */
  readonly asked: Pick<CheckQuizData, 'seed' | 'questions'>;
}

export function reportCheck(input: ReportInput): CheckData {
  const { phase, checkpoint, attempt, resumed, readiness, progress, asked } = input;
  const { evidence, quiz, recall } = readiness.components;
  const { criteria, answered, selfAttestedShare } = readiness.components.criteria;
  return {
    phase: phase.id,
    checkpoint: checkpoint.id,
    title: checkpoint.title,
    attempt: attempt
      ? {
          id: attempt.id,
          startedAt: attempt.startedAt,
          finishedAt: attempt.finishedAt ?? null,
          resumed,
          readyWhenFinished: attempt.ready ?? null,
        }
      : null,
    ready: readiness.ready,
    components: {
      criteria: criteria.every(({ status }) => status === 'ready' || status === 'unsupported'),
      evidence: evidence.ready,
      quiz: quiz?.ready ?? null,
      recall: recall?.ready ?? null,
    },
    faded: attempt?.ready === true && recall?.ready === false,
    quiz: quiz ? describeQuiz(quiz, asked) : null,
    recall: recall ? { share: recall.share ?? null, pass: recall.pass, questions: recall.questions } : null,
    criteria: criteria.map(describeCriterion),
    selfAttestedShare: selfAttestedShare ?? null,
    answered,
    total: criteria.length,
    gaps: criteria.flatMap((each): readonly GapData[] => {
      if (each.status === 'ready') return [];
      const task = each.nextTask?.task;
      return [
        {
          criterion: each.criterion.id,
          because: gapReason(each) ?? '',
          status: each.status,
          needsExplanation: each.support.needsExplanation,
          nextTask: task ? { id: task.id, title: task.title, minutes: estimatedMinutes(task, progress.profile) } : null,
        },
      ];
    }),
    changes: criteria
      .filter((each) => each.changed)
      .map((each) => ({ criterion: each.criterion.id, before: each.before ?? null, after: summarise(each) })),
  };
}

function describeQuiz(
  { state, pass, asked, answered, right, share, at }: QuizReadiness,
  { seed, questions }: ReportInput['asked'],
): CheckQuizData {
  return { state, pass, asked, answered, right, share: share ?? null, at: at ?? null, seed, questions };
}

function summarise({ answer }: CriterionReadiness): AnswerSummary | null {
  return answer ? { level: answer.level, selfAttested: answer.support.type === 'self-attested' } : null;
}

function describeCriterion({ criterion, status, answer, support, questionChanged }: CriterionReadiness): CriterionData {
  return {
    id: criterion.id,
    question: criterion.question,
    status,
    level: answer?.level ?? null,
    levelText: answer ? (criterion.levels[answer.level] ?? null) : null,
    passLevel: criterion.pass,
    passText: criterion.levels[criterion.pass] ?? '',
    selfAttested: support.selfAttested,
    evidence: support.evidence.map(describeEvidence),
    answeredAt: answer?.at ?? null,
    questionChanged,
  };
}

function describeEvidence({ evidence, cited, counts, holds }: CriterionEvidence): CriterionEvidenceData {
  return {
    id: evidence.id,
    kind: evidence.reference.type,
    text: referenceText(evidence.reference),
    cited,
    counts,
    holds,
    problem: holds ? null : (evidence.verified?.message ?? null),
  };
}
