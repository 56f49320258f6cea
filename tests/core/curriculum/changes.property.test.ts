import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineFromProgress, compareCurriculum } from '../../../src/core/curriculum/changes.js';
import { type Task, tasksOf } from '../../../src/core/curriculum/model.js';
import { taskState } from '../../../src/core/progress/progress.js';
import { subject } from '../../../src/core/progress/subject.js';
import { sampleCurriculum, samplePhase, sampleTask } from '../../helpers/curriculum.js';
import { progressOf, sampleEvent } from '../../helpers/progress.js';

const names = ['a', 'b', 'c', 'd', 'e'];
const before = sampleCurriculum([
  samplePhase(
    'one',
    names.map((id) => sampleTask(id)),
  ),
]);

type Edit = 'keep' | 'edit' | 'rename' | 'retire' | 'remove';
const edits = fc.tuple(...names.map(() => fc.constantFrom<Edit>('keep', 'edit', 'rename', 'retire', 'remove')));
const touched = fc.subarray(names);

function edit(task: Task, how: Edit): readonly Task[] {
  switch (how) {
    case 'keep':
      return [task];
    case 'edit':
      return [{ ...task, title: `${task.title}, edited` }];
    case 'rename':
      return [{ ...task, id: `${task.id}-renamed`, aliases: [task.id] }];
    case 'retire':
      return [{ ...task, retired: true }];
    case 'remove':
      return [];
  }
}

describe('edits of a curriculum', () => {
  it('never cost the learner what they did', () => {
    fc.assert(
      fc.property(edits, touched, (how, done) => {
        const revision = (id: string) => before.revisions[id] ?? null;
        const progress = progressOf(
          done.map((id) => sampleEvent('task.done', subject.task('sample', id), {}, undefined, revision(id))),
        );
        const tasks = names.flatMap((id, index) => edit(sampleTask(id), how[index] ?? 'keep'));
        const after = sampleCurriculum([samplePhase('one', [...tasks, sampleTask('brand-new')])]);
        const settled = [...tasksOf(after)].filter(
          ({ task }) => taskState(progress, after, task)?.status.state === 'done',
        ).length;
        const removed = done.filter((id) => how[names.indexOf(id)] === 'remove').length;
        expect(settled).toBe(done.length - removed);
        expect(progress.task.size).toBe(done.length);

        const changes = compareCurriculum(
          { revisions: before.revisions, curriculum: before, complete: true },
          after,
          progress,
        );
        const expected = names.filter((_, index) => how[index] !== 'keep').length + 1;
        expect(changes).toHaveLength(expected);
        expect(changes.filter(({ change }) => change === 'added').map(({ id }) => id)).toEqual(['brand-new']);
      }),
    );
  });

  it('are told from what the learner saw, when no version was accepted', () => {
    const progress = progressOf([sampleEvent('task.done', subject.task('sample', 'a'), {}, undefined, 'as it was')]);
    const changes = compareCurriculum(baselineFromProgress(progress, before), before, progress);
    expect(changes).toMatchObject([{ change: 'edited', id: 'a', state: 'done', effect: 'stays done' }]);
  });
});
