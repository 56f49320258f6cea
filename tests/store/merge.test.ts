import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/core/progress/event.js';
import {
  clockAt,
  eventsOf,
  logged,
  newStore,
  noon,
  openIn,
  projectionRows,
  started,
  tempFolder,
  thrownBy,
} from './temp-store.js';

const future: StoredEvent = {
  id: '01998000-0000-7000-8000-000000000001',
  action: '01998000-0000-7000-8000-000000000001',
  at: '2026-09-01T12:00:00.000Z',
  day: '2026-09-01',
  tz: 'UTC',
  device: 'ffffffffffffffff',
  kind: 'card.graded',
  subject: 'card/aisafe/softmax',
  revision: 'r9',
  data: { grade: 3, again: { b: 1, a: 2 } },
};

describe('merge', () => {
  it('keeps events of unknown kinds, counts them and does not apply them', () => {
    const store = newStore();
    const report = store.merge([
      future,
      { ...future, id: '01998000-0000-7000-8000-000000000002', subject: 'task/aisafe/a' },
    ]);
    expect(report).toEqual({ read: 2, added: 2, known: 0, unknownKinds: { 'card.graded': 2 }, conflicts: [] });
    expect(eventsOf(store)[0]).toEqual(future);
    expect(projectionRows(store.path)).toEqual([]);
    expect(store.check().find((check) => check.id === 'unknown-kinds')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('card.graded (2)'),
    });
  });

  it('keeps ours when an id comes with other content, and says so', () => {
    const store = newStore();
    store.merge([future]);
    const report = store.merge([{ ...future, data: { grade: 4 } }]);
    expect(report).toMatchObject({ added: 0, known: 0, conflicts: [future.id] });
    expect(eventsOf(store)).toEqual([future]);
  });

  it('does not take another order of keys for other content', () => {
    const store = newStore();
    store.merge([future]);
    expect(store.merge([{ ...future, data: { again: { a: 2, b: 1 }, grade: 3 } }])).toMatchObject({
      known: 1,
      conflicts: [],
    });
  });

  it('counts an event once that the input holds twice', () => {
    expect(newStore().merge([future, future])).toMatchObject({ read: 2, added: 1, known: 1 });
  });

  it('folds a late event into its place', () => {
    const late = newStore('late', { clock: clockAt('2026-09-29T12:00:00.000Z') });
    late.append([{ kind: 'task.done', subject: 'task/aisafe/a', data: {} }]);
    const store = newStore('now');
    store.append([started('a')]);
    store.merge(late.events());
    expect(store.progress().task.get('aisafe/a')).toMatchObject({
      status: { state: 'started', at: noon },
      firstAt: '2026-09-29T12:00:00.000Z',
    });
  });

  it('backs up first when it adds to a history, and only then', () => {
    const theirs = newStore('theirs');
    theirs.append([started('a')]);
    const ours = newStore('ours');
    ours.merge(theirs.events());
    expect(ours.backups()).toEqual([]);
    theirs.append([logged('a', 5)]);
    ours.merge(theirs.events());
    expect(ours.backups().map((backup) => backup.reason)).toEqual(['pre-import']);
    ours.merge(theirs.events());
    expect(ours.backups()).toHaveLength(1);
  });

  it('adds nothing when that backup cannot be made', () => {
    const theirs = newStore('theirs');
    theirs.append([started('b')]);
    const folder = tempFolder();
    const ours = openIn(folder, { backupFolder: '/dev/null/backups' });
    ours.append([started('a')]);
    expect(thrownBy(() => ours.merge(theirs.events()))).toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(eventsOf(ours)).toHaveLength(1);
  });
});
