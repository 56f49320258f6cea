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
  rawDatabase,
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
    expect(report).toMatchObject({ read: 2, added: 2, known: 0, unknownKinds: { 'card.graded': 2 }, conflicts: [] });
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

describe('what a merge says', () => {
  const event = (number: number, hour: number, change: Partial<StoredEvent> = {}): StoredEvent => {
    const id = `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;
    const at = `2026-09-29T${hour}:00:00.000Z`;
    const place = { id, action: id, at, day: '2026-09-29', tz: 'UTC', device: 'elsewhere', revision: null };
    return { ...place, kind: 'task.started', subject: 'task/aisafe/a', data: {}, ...change };
  };
  const begun = event(1, 10);
  const done = event(2, 11, { kind: 'task.done' });
  const undone = event(3, 12, { kind: 'action.undone', subject: `action/${done.id}`, data: { action: done.id } });
  const holding = (...events: readonly StoredEvent[]) => {
    const store = newStore();
    store.merge(events);
    return store;
  };

  it('tells how tasks stand afterwards', () => {
    expect(holding(begun).merge([begun, done, done])).toMatchObject({
      distinct: 2,
      added: 1,
      tasks: [{ id: 'aisafe/a', from: 'started', to: 'done' }],
    });
  });

  it('sees what an undo from elsewhere takes back, and leaves alone what an undo here has taken back', () => {
    expect(holding(begun, done).merge([undone]).tasks).toEqual([{ id: 'aisafe/a', from: 'done', to: 'started' }]);
    expect(holding(begun, undone).merge([done]).tasks).toEqual([]);
  });

  it('finds events of the input that contradict each other, whatever is here', () => {
    const other = { ...begun, kind: 'task.done' };
    const third = { ...begun, kind: 'task.skipped' };
    const contradiction = [{ id: begun.id, first: 0, again: 1 }];
    expect(holding().merge([begun, begun]).contradictions).toEqual([]);
    expect(holding().merge([begun, other]).contradictions).toEqual(contradiction);
    expect(holding(begun).merge([begun, other]).contradictions).toEqual(contradiction);
    expect(holding(begun).merge([other, third]).contradictions).toEqual(contradiction);
    expect(holding(begun).merge([other, other])).toMatchObject({ contradictions: [], conflicts: [begun.id] });
  });

  it('leaves everything as it was when it is not wanted, or when the input breaks off', () => {
    const store = holding(begun);
    const before = projectionRows(store.path);
    expect(store.merge([done], { isWanted: () => false })).toMatchObject({ added: 1, backup: null });
    function* broken() {
      yield done;
      throw new Error('cut');
    }
    expect(() => store.merge(broken())).toThrow('cut');
    expect([eventsOf(store), projectionRows(store.path), store.backups()]).toEqual([[begun], before, []]);
  });

  it('leaves the indices as they were, in a store without events too', () => {
    const schemaOf = (path: string) => {
      const database = rawDatabase(path);
      const rows = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();
      const problems = database.pragma('integrity_check', { simple: true });
      database.close();
      return { rows, problems };
    };
    const store = newStore();
    const before = schemaOf(store.path);
    store.merge([future], { isWanted: () => false });
    expect(schemaOf(store.path)).toEqual(before);
    store.merge([future]);
    expect(schemaOf(store.path)).toEqual(before);
    store.merge([{ ...future, id: '01998000-0000-7000-8000-000000000002' }]);
    expect(schemaOf(store.path)).toEqual(before);
  });

  it('backs up what was before, without what it adds', () => {
    const store = holding(begun);
    const { backup } = store.merge([done]);
    expect(eventsOf(openIn(tempFolder(), { path: backup?.path ?? '' }))).toEqual([begun]);
  });
});
