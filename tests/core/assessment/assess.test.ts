import { describe, expect, it } from 'vitest';
import {
  assess,
  type CriterionReadiness,
  type CriterionStatus,
  type Readiness,
} from '../../../src/core/assessment/assess.js';
import { attemptsAt, previousFinished, unfinishedAttempt } from '../../../src/core/assessment/attempts.js';
import { gapReason } from '../../../src/core/assessment/gap-reason.js';
import type { Criterion, Task } from '../../../src/core/curriculum/model.js';
import type { Progress } from '../../../src/core/progress/progress.js';
import type { CheckpointAttempt, CriterionAnswer, EvidenceState } from '../../../src/core/progress/state.js';
import { answer, attempt, criterion, evidence, progressWith, smallCurriculum, task } from './small-curriculum.js';

const broken = { verified: { at: '2026-11-03T00:00:00.000Z', holds: false, message: 'the file is gone' } };

function judge(
  criteria: Criterion[],
  answers: Record<string, CriterionAnswer>,
  kept: readonly EvidenceState[] = [],
  tasks: Task[] = [],
): Readiness {
  const { curriculum, checkpoint } = smallCurriculum(criteria, tasks);
  const now = attempt('t', answers);
  return assess({
    checkpoint,
    attempt: now,
    attempts: [now],
    progress: progressWith({ evidence: kept }),
    curriculum,
    day: '2026-11-04',
  });
}

function judgeOne(
  wanted: Criterion,
  given: CriterionAnswer | undefined,
  kept: readonly EvidenceState[] = [],
): CriterionReadiness {
  const [only] = judge([wanted], given ? { [wanted.id]: given } : {}, kept).components.criteria.criteria;
  if (!only) throw new Error('no criterion');
  return only;
}

describe('readiness of one criterion', () => {
  const a = criterion('a', { evidence: ['url', 'commit'] });
  const note: EvidenceState['reference'] = { type: 'note', text: 'said so' };
  const later = '2026-11-02T00:00:01.000Z';
  const cases: readonly (readonly [
    string,
    CriterionAnswer | undefined,
    readonly EvidenceState[],
    CriterionStatus,
    string | undefined,
  ])[] = [
    ['no answer', undefined, [], 'unanswered', 'not answered yet'],
    ['below the bar', answer(1), [], 'below', 'answered at level 1; level 2 passes'],
    ['at the bar on one’s word', answer(2), [], 'ready', undefined],
    ['above the bar on one’s word', answer(3), [], 'ready', undefined],
    ['evidence that counts', answer(2, ['e']), [evidence('e', ['check/a'])], 'ready', undefined],
    ['evidence of a task', answer(2, ['e']), [evidence('e', ['build'])], 'ready', undefined],
    ['evidence removed', answer(2, ['e']), [], 'unsupported', 'its evidence was removed'],
    [
      'evidence that failed',
      answer(2, ['e']),
      [evidence('e', ['check/a'], broken)],
      'unsupported',
      'its evidence no longer holds',
    ],
    [
      'one of two failed',
      answer(2, ['e', 'f']),
      [evidence('e', ['check/a'], broken), evidence('f', ['check/a'])],
      'ready',
      undefined,
    ],
    [
      'evidence of a kind that does not count',
      answer(2, ['e']),
      [evidence('e', ['check/a'], { reference: note })],
      'unsupported',
      'note evidence does not count here; what counts is url, commit',
    ],
    [
      'evidence below the bar',
      answer(0, ['e']),
      [evidence('e', ['check/a'])],
      'below',
      'answered at level 0; level 2 passes',
    ],
    [
      'evidence added to the criterion later',
      answer(2, ['e']),
      [evidence('f', ['check/a'], { addedAt: later })],
      'ready',
      undefined,
    ],
  ];
  it.each(cases)('%s', (_, given, kept, status, reason) => {
    const result = judgeOne(a, given, kept);
    expect(result.status).toBe(status);
    expect(gapReason(result)).toBe(reason);
  });

  it('is self-attested when nothing else stands behind it', () => {
    expect(judgeOne(a, answer(2)).support.selfAttested).toBe(true);
    expect(judgeOne(a, answer(2, ['e']), [evidence('e', ['check/a'])]).support.selfAttested).toBe(false);
    expect(judgeOne(a, answer(2), [evidence('f', ['check/a'], { addedAt: later })]).support.selfAttested).toBe(false);
    expect(judgeOne(a, answer(2), [evidence('f', ['check/a'])]).support.selfAttested).toBe(true);
  });

  it('takes every kind of evidence when the criterion names none', () => {
    expect(judgeOne(criterion('a'), answer(2, ['e']), [evidence('e', ['check/a'], { reference: note })]).status).toBe(
      'ready',
    );
  });

  it('says when the question is not the one that was answered', () => {
    expect(judgeOne(a, answer(2, undefined, { revision: 'older' })).questionChanged).toBe(true);
    expect(judgeOne(a, answer(2)).questionChanged).toBe(false);
    expect(judgeOne(a, answer(2, undefined, { revision: null })).questionChanged).toBe(false);
  });

  it('finds the answer under an id that the criterion had before', () => {
    const { criteria } = judge([criterion('new', { aliases: ['old'] })], { old: answer(2) }).components.criteria;
    expect(criteria[0]?.status).toBe('ready');
  });
});

describe('readiness of a checkpoint', () => {
  it('needs every criterion that is not retired', () => {
    const criteria = [criterion('a'), criterion('b'), criterion('gone', { retired: true })];
    expect(judge(criteria, { a: answer(2) }).ready).toBe(false);
    expect(judge(criteria, { a: answer(2), b: answer(1) }).ready).toBe(false);
    expect(judge(criteria, { a: answer(2), b: answer(3) }).ready).toBe(true);
  });

  it('gives the share of ready criteria that rest on one’s word alone', () => {
    const criteria = [criterion('a'), criterion('b'), criterion('c')];
    const kept = [evidence('e', ['check/a'])];
    expect(
      judge(criteria, { a: answer(2, ['e']), b: answer(2), c: answer(0) }, kept).components.criteria.selfAttestedShare,
    ).toBe(0.5);
    expect(judge(criteria, { a: answer(0) }).components.criteria.selfAttestedShare).toBeUndefined();
  });

  it('compares with the last finished attempt', () => {
    const { curriculum, checkpoint } = smallCurriculum([
      criterion('a'),
      criterion('b'),
      criterion('c'),
      criterion('d'),
    ]);
    const before = attempt('t1', { a: answer(1), b: answer(2), c: answer(2), d: answer(2) });
    const broke = attempt('t2', { a: answer(0) }, { finishedAt: undefined } as never);
    const now = attempt('t3', { a: answer(2), b: answer(2), c: answer(2, ['e']) });
    const input = {
      checkpoint,
      curriculum,
      progress: progressWith({}),
      day: '2026-11-04',
      attempts: [before, broke, now],
    };
    const changed = (current: CheckpointAttempt) =>
      assess({ ...input, attempt: current })
        .components.criteria.criteria.filter((each) => each.changed)
        .map((each) => each.criterion.id);
    expect(changed(now)).toEqual(['a', 'c', 'd']);
    const { finishedAt: _finished, ...unfinished } = now;
    expect(changed(unfinished)).toEqual(['a', 'c']);
    expect(changed(before)).toEqual([]);
  });
});

describe('the next task of a gap', () => {
  const next = (covers: Criterion['covers'], tasks: Task[], progress: Progress = progressWith({})) => {
    const { curriculum, checkpoint } = smallCurriculum([criterion('a', { covers })], tasks);
    return assess({ checkpoint, attempt: undefined, attempts: [], progress, curriculum, day: '2026-11-04' }).components
      .criteria.criteria[0]?.nextTask?.id;
  };

  it('is the first unfinished covered task whose prerequisites are settled', () => {
    const tasks = [task('basis'), task('x', { requires: ['basis'] }), task('y'), task('z')];
    expect(next({ tasks: ['x', 'y', 'z'] }, tasks)).toBe('y');
    expect(next({ tasks: ['x', 'y', 'z'] }, tasks, progressWith({ done: ['basis'] }))).toBe('x');
    expect(next({ tasks: ['y', 'z'] }, tasks, progressWith({ done: ['y'] }))).toBe('z');
  });

  it('is else a task that teaches one of its concepts', () => {
    const tasks = [task('x'), task('teach', { concepts: ['softmax'] })];
    expect(next({ tasks: ['x'], concepts: ['softmax'] }, tasks, progressWith({ done: ['x'] }))).toBe('teach');
  });

  it('is else the prerequisite that stands in the way', () => {
    const tasks = [task('basis'), task('middle', { requires: ['basis'] }), task('x', { requires: ['middle'] })];
    expect(next({ tasks: ['x'] }, tasks)).toBe('basis');
  });

  it('is nothing when everything is done, and not asked for what is ready', () => {
    expect(next({ tasks: ['x'] }, [task('x')], progressWith({ done: ['x'] }))).toBeUndefined();
    const ready = judge([criterion('a', { covers: { tasks: ['x'] } })], { a: answer(2) }, [], [task('x')]);
    expect(ready.components.criteria.criteria[0]?.nextTask).toBeUndefined();
  });

  it('follows a task under an id it had before, and leaves retired ones out', () => {
    expect(next({ tasks: ['old'] }, [task('new', { aliases: ['old'] })])).toBe('new');
    expect(next({ tasks: ['x', 'y'] }, [task('x', { retired: true }), task('y')])).toBe('y');
  });
});

describe('attempts', () => {
  it('are joined under every id that the checkpoint had', () => {
    const { curriculum, checkpoint } = smallCurriculum([criterion('a'), criterion('b')], [], { aliases: ['former'] });
    const early = attempt('t', { a: answer(1) }, { startedAt: '2026-11-01T00:00:00.000Z' });
    const { finishedAt: _finished, ready: _ready, ...firstHalf } = early;
    const progress: Progress = {
      ...progressWith({ attempts: [attempt('t', { b: answer(2) })] }),
      checkpoint: new Map([
        ['c/former', { attempts: [firstHalf] }],
        ['c/check', { attempts: [attempt('t', { b: answer(2) })] }],
      ]),
    };
    const [only, ...others] = attemptsAt(progress, curriculum, checkpoint);
    expect(others).toEqual([]);
    expect(Object.keys(only?.answers ?? {})).toEqual(['a', 'b']);
    expect(only?.startedAt).toBe('2026-11-01T00:00:00.000Z');
  });

  it('are carried on only when the newest is unfinished', () => {
    const finished = attempt('t1', {});
    const { finishedAt: _finished, ...open } = attempt('t2', {});
    expect(unfinishedAttempt([finished, open])?.id).toBe('t2');
    expect(unfinishedAttempt([open, finished])).toBeUndefined();
    expect(unfinishedAttempt([])).toBeUndefined();
    expect(previousFinished([finished, open], open)?.id).toBe('t1');
  });
});
