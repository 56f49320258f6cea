import { describe, expect, it } from 'vitest';
import {
  backgroundEstimate,
  placementEvents,
  placementLists,
  placementPhase,
} from '../../../src/core/placement/placement.js';
import { emptyProgress } from '../../../src/core/progress/progress.js';
import { subject } from '../../../src/core/progress/subject.js';
import { sampleCurriculum, samplePhase, sampleTask } from '../../helpers/curriculum.js';
import { progressOf, sampleEvent } from '../../helpers/progress.js';

const checkpoint = { id: 'check', title: 'Check', criteria: [] };
const maths = sampleTask('maths', { minutes: [60, 120], minutes_from_scratch: [600, 900] });
const more = sampleTask('more', { minutes: [30, 30], minutes_from_scratch: [90, 90] });
const code = sampleTask('code', { minutes: [60, 60] });
const lefty = sampleTask('lefty', { tracks: ['left'] });
const phase = samplePhase('skills', [maths, more, code, lefty], { checkpoint });
const curriculum = sampleCurriculum([samplePhase('warm-up', [sampleTask('warm')]), phase]);
const taskEvent = (kind: 'task.waived' | 'task.done', id: string) => sampleEvent(kind, subject.task('sample', id), {});

describe('placementPhase', () => {
  it('is the first phase that ends in a checkpoint', () => {
    expect(placementPhase(curriculum)?.id).toBe('skills');
  });

  it('is the first phase when none has a checkpoint', () => {
    expect(placementPhase(sampleCurriculum([samplePhase('only', [sampleTask('a')])]))?.id).toBe('only');
    expect(placementPhase(sampleCurriculum([]))).toBeUndefined();
  });
});

describe('placementLists', () => {
  const idsOf = (track: string | undefined, progress = emptyProgress) =>
    placementLists(phase, curriculum, progress, track).map(({ tasks, waived }) => [
      tasks.map(({ id }) => id),
      waived.map(({ id }) => id),
    ]);

  it('asks about the tasks of the track', () => {
    expect(idsOf('right')).toEqual([[['maths', 'more', 'code'], []]]);
    expect(idsOf(undefined)).toEqual([[['maths', 'more', 'code', 'lefty'], []]]);
  });

  it('leaves out what is done and marks what is known', () => {
    const progress = progressOf([taskEvent('task.done', 'maths'), taskEvent('task.waived', 'code')]);
    expect(idsOf('right', progress)).toEqual([[['more', 'code'], ['code']]]);
  });
});

describe('placementEvents', () => {
  it('waives what is known and was not, reopens what was and is not', () => {
    const events = placementEvents(curriculum, { tasks: [maths, more, code], waived: [maths, more] }, [more, code]);
    expect(events).toMatchObject([
      { kind: 'task.reopened', subject: 'task/sample/maths' },
      { kind: 'task.waived', subject: 'task/sample/code', data: { reason: 'known at placement' } },
    ]);
  });

  it('changes nothing when it is so already', () => {
    expect(placementEvents(curriculum, { tasks: [maths, more], waived: [more] }, [more])).toEqual([]);
  });
});

describe('backgroundEstimate', () => {
  it('adds up both estimates of the tasks that have two', () => {
    expect(backgroundEstimate(phase, undefined)).toEqual({ tasks: 2, refresher: [90, 150], fromScratch: [690, 990] });
  });

  it('is nothing when no task has two', () => {
    expect(backgroundEstimate(samplePhase('code', [code]), undefined)).toBeUndefined();
  });
});
