import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreStore } from '../../src/store/restore.js';
import {
  eventsOf,
  filesIn,
  openIn,
  rawDatabase,
  started,
  stopInMerge,
  storeOptions,
  tempFolder,
  thrownBy,
} from './temp-store.js';

/** A store with two events and a backup of the first of them. */
function storeWithBackup() {
  const folder = tempFolder();
  const store = openIn(folder);
  store.append([started('a')]);
  const backup = store.backup('manual');
  store.append([started('b')]);
  const { path, backupFolder, clock } = storeOptions(folder);
  const restore = (from = backup.path) => restoreStore({ from, path, backupFolder, clock, busyTimeout: 100 });
  return { folder, path, store, backup, restore };
}

describe('restoring', () => {
  it('puts the backup in place and backs up what was there', () => {
    const { folder, store, restore } = storeWithBackup();
    store.close();
    const report = restore();
    expect(report).toMatchObject({ events: 1, previous: { reason: 'pre-restore' } });
    expect(eventsOf(openIn(folder)).map((event) => event.subject)).toEqual(['task/aisafe/a']);
    const again = restore(report.previous?.path);
    expect(again.events).toBe(2);
    expect(eventsOf(openIn(folder))).toHaveLength(2);
  });

  it('leaves a private file in WAL mode and no log of the old one', () => {
    const { path, store, restore } = storeWithBackup();
    store.close();
    restore();
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(filesIn(dirname(path))).toEqual(['aisafe.db', 'backups']);
    expect(rawDatabase(path).pragma('journal_mode', { simple: true })).toBe('wal');
  });

  it('brings back a store that is missing', () => {
    const { folder, path, store, restore } = storeWithBackup();
    store.close();
    rmSync(path);
    expect(restore()).toEqual({ events: 1 });
    expect(eventsOf(openIn(folder))).toHaveLength(1);
  });

  it('moves a store that cannot be read aside, with its log', () => {
    const { folder, path, store, restore } = storeWithBackup();
    store.close();
    writeFileSync(path, 'broken '.repeat(2000));
    writeFileSync(`${path}-wal`, 'log');
    const movedAside = `${path}.unreadable-20260930T120000Z`;
    expect(restore()).toEqual({ events: 1, movedAside });
    expect(readFileSync(movedAside, 'utf8')).toMatch(/^broken/);
    expect(readFileSync(`${movedAside}-wal`, 'utf8')).toBe('log');
    expect(eventsOf(openIn(folder))).toHaveLength(1);
    writeFileSync(path, 'broken again '.repeat(2000));
    expect(restore().movedAside).toBe(`${movedAside}-2`);
  });

  it('takes back what a merge was stopped in, and plays nothing of it into the backup', () => {
    const { folder, path, store, restore } = storeWithBackup();
    store.close();
    stopInMerge(path);
    const report = restore();
    expect(report.events).toBe(1);
    expect(filesIn(dirname(path))).toEqual(['aisafe.db', 'backups']);
    const restored = openIn(folder);
    expect(eventsOf(restored)).toHaveLength(1);
    expect(restored.check().filter((check) => check.status === 'failed')).toEqual([]);
    restored.close();
    expect(restore(report.previous?.path).events).toBe(2);
  });

  it('plays no journal into the backup that lies beside a missing store', () => {
    const { folder, path, store, restore } = storeWithBackup();
    store.close();
    stopInMerge(path);
    rmSync(path);
    expect(restore()).toEqual({ events: 1 });
    expect(filesIn(dirname(path))).toEqual(['aisafe.db', 'backups']);
    expect(eventsOf(openIn(folder))).toHaveLength(1);
  });

  it('does not let a process that still holds the old store write to it', () => {
    const { folder, store, restore } = storeWithBackup();
    restore();
    expect(thrownBy(() => store.append([started('lost')]))).toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining('replaced'),
    });
    store.close();
    const fresh = openIn(folder);
    fresh.append([started('kept')]);
    expect(eventsOf(fresh)).toHaveLength(2);
    expect(fresh.check().filter((check) => check.status === 'failed')).toEqual([]);
  });

  it('waits for a process that is writing, and gives up', () => {
    const { path, restore } = storeWithBackup();
    rawDatabase(path).exec('BEGIN IMMEDIATE');
    expect(thrownBy(() => restore())).toMatchObject({ code: 'STORE_LOCKED' });
    expect(filesIn(dirname(path)).filter((file) => file.includes('restoring'))).toEqual([]);
  });

  it('keeps what was in the log of a store that was not closed', () => {
    const { folder, path, store, restore } = storeWithBackup();
    const crashed = join(tempFolder(), 'home');
    mkdirSync(crashed);
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(crashed, `aisafe.db${suffix}`));
    store.close();
    for (const suffix of ['', '-wal']) copyFileSync(join(crashed, `aisafe.db${suffix}`), path + suffix);
    const { previous } = restore();
    expect(eventsOf(openIn(folder, { path: previous?.path ?? '' }))).toHaveLength(2);
  });

  it.each([
    ['missing', () => undefined, 'FILE_NOT_FOUND'],
    ['a folder', (path: string) => mkdirSync(path), 'DATA_INVALID'],
    ['no database', (path: string) => writeFileSync(path, 'words '.repeat(2000)), 'DATA_INVALID'],
    ['empty', (path: string) => writeFileSync(path, ''), 'DATA_INVALID'],
    [
      'the database of another program',
      (path: string) => rawDatabase(path).exec('CREATE TABLE bookmark (url TEXT)').close(),
      'DATA_INVALID',
    ],
  ])('refuses a backup that is %s, and names another', (_what, make, code) => {
    const { folder, store, backup, restore } = storeWithBackup();
    const from = join(folder, 'from.db');
    make(from);
    expect(thrownBy(() => restore(from))).toMatchObject({ code, hint: `aisafe restore ${backup.path}` });
    expect(eventsOf(store)).toHaveLength(2);
  });

  it('refuses a backup that is cut off', () => {
    const { store, backup, restore } = storeWithBackup();
    writeFileSync(backup.path, readFileSync(backup.path).subarray(0, 20_000));
    expect(thrownBy(() => restore())).toMatchObject({ code: 'DATA_INVALID' });
    expect(eventsOf(store)).toHaveLength(2);
  });

  it('refuses a backup of a newer version', () => {
    const { store, backup, restore } = storeWithBackup();
    rawDatabase(backup.path).pragma('user_version = 99');
    expect(thrownBy(() => restore())).toMatchObject({ code: 'STORE_NEWER' });
    expect(eventsOf(store)).toHaveLength(2);
  });

  it('refuses the store itself', () => {
    const { path, restore } = storeWithBackup();
    expect(thrownBy(() => restore(path))).toMatchObject({ code: 'BAD_VALUE' });
  });

  it('changes nothing when what is there cannot be backed up', () => {
    const { path, store, backup } = storeWithBackup();
    const options = { from: backup.path, path, backupFolder: '/dev/null/backups', clock: storeOptions('/').clock };
    expect(thrownBy(() => restoreStore(options))).toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(eventsOf(store)).toHaveLength(2);
    expect(existsSync(`${path}.unreadable-20260930T120000Z`)).toBe(false);
  });
});
