import type { Checkpoint, Criterion, Curriculum, Task } from '../../../src/core/curriculum/model.js';
import { emptyProgress, type Progress } from '../../../src/core/progress/progress.js';
import type { CheckpointAttempt, CriterionAnswer, EvidenceState, TaskState } from '../../../src/core/progress/state.js';

export function criterion(id: string, more: Partial<Criterion> = {}): Criterion {
  return {
    id,
    question: `Can you ${id}?`,
    levels: ['not yet', 'with notes', 'unaided', 'and explain it'],
    pass: 2,
    covers: {},
    ...more,
  };
}

export function task(id: string, more: Partial<Task> = {}): Task {
  return {
    id,
    title: `Do ${id}`,
    kind: 'build',
    minutes: [30, 60],
    importance: 3,
    difficulty: 2,
    why: 'Because.',
    ...more,
  };
}

export interface SmallCurriculum {
  readonly curriculum: Curriculum;
  readonly checkpoint: Checkpoint;
}

/** A curriculum `c` with one phase `p`, one module and one checkpoint `check`. */
export function smallCurriculum(
  criteria: Criterion[],
  tasks: Task[] = [],
  more: Partial<Checkpoint> = {},
): SmallCurriculum {
  const checkpoint: Checkpoint = { id: 'check', title: 'The check', criteria, ...more };
  const curriculum: Curriculum = {
    format: 1,
    id: 'c',
    title: 'Small',
    version: '1',
    phases: [{ id: 'p', title: 'Phase', modules: [{ id: 'm', title: 'Module', tasks }], checkpoint }],
    concepts: [],
    resources: [],
    programs: [],
    briefs: [],
    labs: [],
    revisions: Object.fromEntries(criteria.map((each) => [`check/${each.id}`, 'now'])),
    revision: 'now',
  };
  return { curriculum, checkpoint };
}

export function answer(
  level: number,
  evidence?: readonly string[],
  more: Partial<CriterionAnswer> = {},
): CriterionAnswer {
  const support = evidence ? ({ type: 'evidence', evidence } as const) : ({ type: 'self-attested' } as const);
  return { level, support, at: '2026-11-02T00:00:00.000Z', revision: 'now', ...more };
}

export function attempt(
  id: string,
  answers: Readonly<Record<string, CriterionAnswer>>,
  more: Partial<CheckpointAttempt> = {},
): CheckpointAttempt {
  return {
    id,
    startedAt: '2026-11-02T00:00:00.000Z',
    finishedAt: '2026-11-02T01:00:00.000Z',
    ready: false,
    answers,
    ...more,
  };
}

export function evidence(id: string, items: readonly string[], more: Partial<EvidenceState> = {}): EvidenceState {
  return {
    id,
    items: items.map((item) => `c/${item}`),
    reference: { type: 'url', url: `https://example.org/${id}` },
    addedAt: '2026-11-01T00:00:00.000Z',
    ...more,
  };
}

export function progressWith(parts: {
  readonly evidence?: readonly EvidenceState[];
  readonly attempts?: readonly CheckpointAttempt[];
  readonly done?: readonly string[];
}): Progress {
  const at = '2026-11-01T00:00:00.000Z';
  const done = (id: string): [string, TaskState] => [
    `c/${id}`,
    { status: { state: 'done', at }, steps: {}, minutes: 0, firstAt: at, lastAt: at, revision: null },
  ];
  return {
    ...emptyProgress,
    evidence: new Map((parts.evidence ?? []).map((each) => [each.id, each])),
    checkpoint: new Map(parts.attempts ? [['c/check', { attempts: parts.attempts }]] : []),
    task: new Map((parts.done ?? []).map(done)),
  };
}
