import { describe, expect, it } from 'vitest';
import type { Checkpoint, Task } from '../../../src/core/curriculum/model.js';
import { recommend } from '../../../src/core/planning/recommend.js';
import { emptyProgress } from '../../../src/core/progress/progress.js';
import { subject } from '../../../src/core/progress/subject.js';
import { sampleCurriculum, samplePhase, sampleProgram, sampleTask } from '../../helpers/curriculum.js';
import { progressOf, sampleEvent } from '../../helpers/progress.js';

const day = '2026-11-23';
const task = (id: string) => subject.task('sample', id);
const ids = (found: ReturnType<typeof recommend>) => found.fitting.map(({ item }) => item.id);
const one = (tasks: readonly Task[]) => sampleCurriculum([samplePhase('one', tasks)]);

describe('what to do next', () => {
  it('offers only tasks whose prerequisites are settled', () => {
    const curriculum = one([sampleTask('first'), sampleTask('second', { requires: ['first'] })]);
    expect(ids(recommend(curriculum, emptyProgress, { day }))).toEqual(['first']);
    const done = progressOf([sampleEvent('task.done', task('first'), {})]);
    expect(ids(recommend(curriculum, done, { day }))).toEqual(['second']);
  });

  it('counts a skipped, a waived and a retired prerequisite as met', () => {
    for (const kind of ['task.skipped', 'task.waived'] as const) {
      const curriculum = one([sampleTask('first'), sampleTask('second', { requires: ['first'] })]);
      expect(ids(recommend(curriculum, progressOf([sampleEvent(kind, task('first'), {})]), { day }))).toEqual([
        'second',
      ]);
    }
    const retired = one([sampleTask('first', { retired: true }), sampleTask('second', { requires: ['first'] })]);
    expect(ids(recommend(retired, emptyProgress, { day }))).toEqual(['second']);
  });

  it('knows a prerequisite by an id it had before', () => {
    const curriculum = one([
      sampleTask('new-name', { aliases: ['old-name'] }),
      sampleTask('second', { requires: ['old-name'] }),
    ]);
    expect(ids(recommend(curriculum, emptyProgress, { day }))).toEqual(['new-name']);
    const done = progressOf([sampleEvent('task.done', task('old-name'), {})]);
    expect(ids(recommend(curriculum, done, { day }))).toEqual(['second']);
  });

  it('leaves out other tracks once a track is in focus', () => {
    const curriculum = one([
      sampleTask('for-left', { tracks: ['left'] }),
      sampleTask('for-right', { tracks: ['right'] }),
      sampleTask('for-all'),
    ]);
    expect(ids(recommend(curriculum, emptyProgress, { day }))).toHaveLength(3);
    const focused = progressOf([sampleEvent('focus.set', subject.focus('sample'), { track: 'right' })]);
    expect(ids(recommend(curriculum, focused, { day }))).toEqual(['for-right', 'for-all']);
    expect(ids(recommend(curriculum, focused, { day, track: 'left' }))).toEqual(['for-left', 'for-all']);
  });

  it('puts work in hand before new work of the same importance', () => {
    const curriculum = one([sampleTask('new'), sampleTask('begun')]);
    expect(ids(recommend(curriculum, progressOf([sampleEvent('task.started', task('begun'), {})]), { day }))[0]).toBe(
      'begun',
    );
  });

  it('prefers what more tasks wait for', () => {
    const curriculum = one([
      sampleTask('leaf'),
      sampleTask('root'),
      sampleTask('a', { requires: ['root'] }),
      sampleTask('b', { requires: ['a'] }),
    ]);
    const [best] = recommend(curriculum, emptyProgress, { day }).fitting;
    expect(best?.item.id).toBe('root');
    expect(best?.terms.find(({ term }) => term === 'unlocks')).toMatchObject({
      points: 4,
      because: '2 later tasks wait for it',
    });
  });

  it('brings a deferred task back on its day and not before', () => {
    const curriculum = one([sampleTask('later'), sampleTask('other', { importance: 1 })]);
    const deferred = progressOf([sampleEvent('task.deferred', task('later'), { until: day })]);
    expect(ids(recommend(curriculum, deferred, { day: '2026-11-22' }))).toEqual(['other']);
    expect(ids(recommend(curriculum, deferred, { day }))[0]).toBe('later');
  });

  it('opens a phase as the one before it fills up to the overlap', () => {
    const curriculum = sampleCurriculum([
      samplePhase('one', [sampleTask('a'), sampleTask('b'), sampleTask('c'), sampleTask('d')]),
      samplePhase('two', [sampleTask('e')], { overlap: 0.5 }),
    ]);
    const openness = (done: readonly string[]) => {
      const progress = progressOf(done.map((id) => sampleEvent('task.done', task(id), {})));
      const found = recommend(curriculum, progress, { day }).fitting.find(({ item }) => item.id === 'e');
      return found?.terms.find(({ term }) => term === 'phaseNotOpen')?.points ?? 0;
    };
    expect(openness([])).toBe(-80);
    expect(openness(['a'])).toBe(-40);
    expect(openness(['a', 'b'])).toBe(0);
  });

  it('raises what the last self-assessment found wanting', () => {
    const checkpoint: Checkpoint = {
      id: 'one-check',
      title: 'Check',
      criteria: [
        {
          id: 'can-do',
          question: 'Can you?',
          levels: ['no', 'some', 'yes', 'more'],
          pass: 2,
          covers: { tasks: ['covered'] },
        },
      ],
    };
    const curriculum = sampleCurriculum([
      samplePhase('one', [sampleTask('plain'), sampleTask('covered')], { checkpoint }),
    ]);
    const answered = (level: number) =>
      progressOf([
        sampleEvent('checkpoint.answered', subject.checkpoint('sample', 'one-check'), {
          attempt: 'x',
          criterion: 'can-do',
          level,
          support: { type: 'self-attested' },
        }),
      ]);
    expect(ids(recommend(curriculum, answered(1), { day }))[0]).toBe('covered');
    expect(ids(recommend(curriculum, answered(2), { day }))[0]).toBe('plain');
  });

  it('raises an application whose window closes soon, and nothing once it has closed', () => {
    const apply = sampleTask('apply-now', { kind: 'apply', resources: ['the-program'] });
    const programs = [sampleProgram('camp', '2026-12-01', { resource: 'the-program' })];
    const curriculum = sampleCurriculum([samplePhase('one', [sampleTask('plain'), apply])], { programs });
    expect(ids(recommend(curriculum, emptyProgress, { day }))[0]).toBe('apply-now');
    const after = recommend(curriculum, emptyProgress, { day: '2026-12-02' });
    expect(after.fitting.flatMap(({ terms }) => terms).some(({ term }) => term === 'deadline')).toBe(false);
  });

  it('offers a step when the whole task is longer than the time at hand', () => {
    const steps = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `Step ${id}` }));
    const curriculum = one([
      sampleTask('long', { minutes: [120, 120], steps }),
      sampleTask('endless', { minutes: [300, 300] }),
    ]);
    const found = recommend(curriculum, emptyProgress, { day, minutes: 40 });
    expect(
      found.fitting.map(({ item, step, wholeTaskFits }) => [item.id, step?.id, step?.minutes, wholeTaskFits]),
    ).toEqual([['long', 'a', 30, false]]);
    expect(found.tooLong.map(({ item }) => item.id)).toEqual(['endless']);
  });

  it('takes the learner’s pace and background into account', () => {
    const curriculum = one([
      sampleTask('past', { minutes: [240, 240] }),
      sampleTask('maths', { minutes: [60, 60], minutes_from_scratch: [600, 600] }),
    ]);
    const minutes = (events: Parameters<typeof progressOf>[0]) =>
      recommend(curriculum, progressOf(events), { day }).fitting.find(({ item }) => item.id === 'maths')?.minutes;
    expect(minutes([])).toEqual([60, 60]);
    expect(minutes([sampleEvent('profile.set', 'profile', { background: 'other' })])).toEqual([600, 600]);
    // 480 minutes for 240 estimated: (480 + 240) / (240 + 240) = 1.5 times the estimate.
    const slow = [
      sampleEvent('time.logged', task('past'), { minutes: 480 }),
      sampleEvent('task.done', task('past'), {}),
    ];
    expect(minutes(slow)).toEqual([90, 90]);
  });

  it('is the sum of its terms, and the same every time', () => {
    const curriculum = one(
      Array.from({ length: 30 }, (_, index) => sampleTask(`task-${index}`, { importance: 1 + (index % 5) })),
    );
    const found = recommend(curriculum, emptyProgress, { day });
    for (const { score, terms } of found.fitting)
      expect(score).toBeCloseTo(
        terms.reduce((sum, { points }) => sum + points, 0),
        6,
      );
    expect(recommend(curriculum, emptyProgress, { day })).toEqual(found);
  });

  it('raises tasks that teach what the learner was sure and wrong about, more for more questions', () => {
    const curriculum = sampleCurriculum(
      [
        samplePhase('one', [
          sampleTask('first'),
          sampleTask('second', { concepts: ['softmax'] }),
          sampleTask('third', { concepts: ['old-rank'] }),
        ]),
      ],
      {
        concepts: [
          { id: 'softmax', name: 'Softmax', meaning: 'Shares.' },
          { id: 'rank', name: 'Rank', meaning: 'Dimensions.', aliases: ['old-rank'] },
        ],
      },
    );
    expect(ids(recommend(curriculum, emptyProgress, { day }))).toEqual(['first', 'second', 'third']);
    const sureButWrong = new Map([
      ['softmax', 1],
      ['rank', 9],
    ]);
    const found = recommend(curriculum, emptyProgress, { day, sureButWrong });
    expect(ids(found)).toEqual(['third', 'second', 'first']);
    expect(found.fitting[0]?.terms).toContainEqual({
      term: 'sureButWrong',
      points: 24,
      because: 'you were sure and wrong about 9 questions on “Rank”',
    });
    expect(found.fitting[1]?.terms).toContainEqual(
      expect.objectContaining({ points: 8, because: 'you were sure and wrong about a question on “Softmax”' }),
    );
  });
});
