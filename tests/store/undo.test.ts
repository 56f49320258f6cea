import { describe, expect, it } from 'vitest';
import { eventsOf, logged, newStore, projectionRows, rawDatabase, started } from './temp-store.js';

describe('undo', () => {
  it('takes back the newest action with all its events', () => {
    const store = newStore();
    store.append([started('a')]);
    store.append([started('b'), logged('a', 5)]);
    const [undone] = store.undo(1);
    expect(undone?.events.map((event) => event.subject)).toEqual(['task/aisafe/b', 'task/aisafe/a']);
    expect([...store.progress().task.keys()]).toEqual(['aisafe/a']);
    expect(store.progress().task.get('aisafe/a')?.minutes).toBe(0);
  });

  it('goes further back each time', () => {
    const store = newStore();
    for (const task of ['a', 'b', 'c']) store.append([started(task)]);
    expect(store.undo(1)[0]?.events[0]?.subject).toBe('task/aisafe/c');
    expect(store.undo(2).map((action) => action.events[0]?.subject)).toEqual(['task/aisafe/b', 'task/aisafe/a']);
    expect(store.undo(1)).toEqual([]);
    expect(store.actions(10)).toEqual([]);
  });

  it('takes fewer when there are fewer, and none for none', () => {
    const store = newStore();
    store.append([started('a')]);
    expect(store.undo(0)).toEqual([]);
    expect(store.undo(5)).toHaveLength(1);
    expect(eventsOf(store).map((event) => event.kind)).toEqual(['task.started', 'action.undone']);
  });

  it('leaves projections as they were to the byte', () => {
    const store = newStore();
    store.append([logged('a', 5), { kind: 'step.done', subject: 'task/aisafe/a', data: { step: 'two' } }]);
    const before = JSON.stringify(projectionRows(store.path));
    store.append([{ kind: 'step.reopened', subject: 'task/aisafe/a', data: { step: 'two' } }, started('b')]);
    store.undo(1);
    const rows = projectionRows(store.path).filter((row) => JSON.stringify(row).includes('subject'));
    expect(JSON.stringify(rows)).toBe(before);
  });

  it('never changes what happened', () => {
    const store = newStore();
    const [event] = store.append([started('a')]);
    store.undo(1);
    expect(eventsOf(store)[0]).toEqual(event);
  });

  it('lists actions newest first, up to a limit', () => {
    const store = newStore();
    const ids = ['a', 'b', 'c'].map((task) => store.append([started(task), logged(task, 1)])[0]?.id);
    expect(store.actions(2).map((action) => action.id)).toEqual([ids[2], ids[1]]);
    expect(store.actions(2)[0]).toMatchObject({
      device: store.device,
      events: [{ kind: 'task.started' }, { kind: 'time.logged' }],
    });
  });

  it('works from elsewhere before the action itself arrives', () => {
    const theirs = newStore('theirs');
    theirs.append([started('a')]);
    theirs.undo(1);
    const [action, undo] = eventsOf(theirs);
    const ours = newStore('ours');
    if (undo) ours.merge([undo]);
    expect(ours.progress().task.size).toBe(0);
    if (action) ours.merge([action]);
    expect(ours.progress().task.size).toBe(0);
    expect(ours.actions(5)).toEqual([]);
    expect(rawDatabase(ours.path).prepare('SELECT count(*) FROM undone').pluck().get()).toBe(1);
  });

  it('may be written by append as well', () => {
    const store = newStore();
    const [event] = store.append([started('a')]);
    const action = event?.action ?? '';
    store.append([{ kind: 'action.undone', subject: `action/${action}`, data: { action } }]);
    expect(store.progress().task.size).toBe(0);
    expect(store.actions(5)).toEqual([]);
  });
});
