import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockAt, logged, newStore, openIn, projectionRows, rawDatabase, started, tempFolder } from './temp-store.js';

const found = (store: ReturnType<typeof newStore>, id: string) => store.check().find((check) => check.id === id);

describe('check', () => {
  it('finds nothing wrong with a store in use', () => {
    const store = newStore();
    store.append([started('a')]);
    store.backup('manual');
    expect(store.check().map((check) => `${check.id} ${check.status}`)).toEqual([
      'integrity ok',
      'foreign-keys ok',
      'schema ok',
      'projections ok',
      'events ok',
      'unknown-kinds ok',
      'devices ok',
      'clock ok',
      'folder-permissions ok',
      'file-permissions ok',
      'backups ok',
    ]);
  });

  it('names subjects whose progress is not what the history says, which rebuild mends', () => {
    const store = newStore();
    store.append([started('a'), started('b'), started('c')]);
    const right = projectionRows(store.path);
    rawDatabase(store.path).exec(`
      UPDATE projection SET state = '{}' WHERE subject = 'task/aisafe/a';
      DELETE FROM projection WHERE subject = 'task/aisafe/b';
      INSERT INTO projection VALUES ('note/ghost', 'note', '{}', '');
      INSERT INTO undone VALUES ('ghost')`);
    expect(found(store, 'projections')).toEqual({
      id: 'projections',
      status: 'failed',
      message: 'Progress differs from the history for action/ghost, note/ghost, task/aisafe/a, task/aisafe/b.',
      hint: 'aisafe doctor --fix',
    });
    expect(store.rebuild()).toBe(3);
    expect(found(store, 'projections')?.status).toBe('ok');
    expect(projectionRows(store.path)).toEqual(right);
  });

  it('warns when others may read the store', () => {
    const store = newStore();
    chmodSync(store.path, 0o644);
    chmodSync(dirname(store.path), 0o755);
    expect(found(store, 'file-permissions')).toMatchObject({ status: 'warning', hint: `chmod 600 ${store.path}` });
    expect(found(store, 'folder-permissions')).toMatchObject({
      status: 'warning',
      hint: `chmod 700 ${dirname(store.path)}`,
    });
  });

  it('warns when there is a history and no backup', () => {
    const store = newStore();
    expect(found(store, 'backups')?.status).toBe('ok');
    store.append([started('a')]);
    expect(found(store, 'backups')).toMatchObject({ status: 'warning', hint: 'aisafe backup' });
  });

  it('warns of events dated in the future', () => {
    const folder = tempFolder();
    openIn(folder, { clock: clockAt('2031-01-01T00:00:00.000Z') }).append([started('a')]);
    expect(found(openIn(folder), 'clock')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('clock: 1;'),
    });
  });

  it('counts the events of other devices', () => {
    const theirs = newStore('theirs');
    theirs.append([started('a'), logged('a', 5)]);
    const ours = newStore('ours');
    ours.merge(theirs.events());
    expect(found(ours, 'devices')).toMatchObject({
      status: 'ok',
      message: 'Events from other devices: 2; other devices: 1.',
    });
  });

  it('changes nothing', () => {
    const folder = tempFolder();
    openIn(folder).append([started('a')]);
    const store = openIn(folder, { readonly: true });
    expect(store.check().every((check) => check.status !== 'failed')).toBe(true);
  });
});
