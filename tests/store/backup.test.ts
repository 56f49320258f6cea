import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  clockAt,
  eventsOf,
  filesIn,
  movingClock,
  newStore,
  noon,
  openIn,
  rawDatabase,
  started,
  storeOptions,
  tempFolder,
  thrownBy,
} from './temp-store.js';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a backup', () => {
  it('is a whole store of its own, for the learner alone', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    store.append([started('a')]);
    const backup = store.backup('manual');
    expect(backup).toMatchObject({
      at: noon,
      reason: 'manual',
      path: join(folder, 'home', 'backups', 'aisafe-20260930T120000Z-manual.db'),
    });
    expect(mode(backup.path)).toBe('600');
    expect(mode(storeOptions(folder).backupFolder)).toBe('700');
    expect(statSync(backup.path).size).toBe(backup.bytes);
    expect(eventsOf(openIn(folder, { path: backup.path }))).toEqual(eventsOf(store));
  });

  it('leaves nothing else behind', () => {
    const folder = tempFolder();
    openIn(folder).backup('manual');
    expect(filesIn(storeOptions(folder).backupFolder)).toEqual(['aisafe-20260930T120000Z-manual.db']);
  });

  it('never takes the place of another', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    store.backup('manual');
    store.backup('manual');
    expect(filesIn(storeOptions(folder).backupFolder)).toEqual([
      'aisafe-20260930T120000Z-manual-2.db',
      'aisafe-20260930T120000Z-manual.db',
    ]);
    expect(store.backups()[0]?.path).toMatch(/manual-2\.db$/);
  });

  it('can be written to a file of choice, once', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    const path = join(folder, 'copy.db');
    expect(store.backup('manual', path)).toMatchObject({ path });
    expect(store.backups()).toEqual([]);
    expect(thrownBy(() => store.backup('manual', path))).toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(thrownBy(() => store.backup('manual', join(folder, 'no', 'copy.db')))).toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
  });

  it('is listed with the newest first, other files left out', () => {
    const folder = tempFolder();
    const clock = movingClock(noon);
    const store = openIn(folder, { clock });
    store.backup('manual');
    clock.set('2026-10-01T12:00:00.000Z');
    store.backup('pre-import');
    writeFileSync(join(storeOptions(folder).backupFolder, 'notes.txt'), '');
    expect(store.backups().map((backup) => [backup.at, backup.reason])).toEqual([
      ['2026-10-01T12:00:00.000Z', 'pre-import'],
      ['2026-09-30T12:00:00.000Z', 'manual'],
    ]);
  });

  it('is not there before one was made', () => {
    expect(newStore().backups()).toEqual([]);
  });

  it('clears away what a killed process left', () => {
    const folder = tempFolder();
    const { backupFolder } = storeOptions(folder);
    const store = openIn(folder);
    store.backup('manual');
    const [stale, fresh] = [
      'aisafe-20260928T120000Z-daily.db.77.partial',
      'aisafe-20260930T110000Z-daily.db.78.partial',
    ];
    for (const file of [stale, fresh]) writeFileSync(join(backupFolder, file), '');
    store.backup('manual');
    expect(filesIn(backupFolder)).toContain(fresh);
    expect(filesIn(backupFolder)).not.toContain(stale);
  });
});

describe('the daily backup', () => {
  const days = (folder: string) =>
    openIn(folder)
      .backups()
      .map((backup) => `${backup.at.slice(0, 10)} ${backup.reason}`);

  it('is made after the first writes of a study day, when they are all done', () => {
    const folder = tempFolder();
    const clock = movingClock('2026-09-30T12:00:00.000Z');
    const store = openIn(folder, { clock });
    store.append([started('a')]);
    store.append([started('b')]);
    store.settle();
    expect(days(folder)).toEqual([]);
    // Still the study day of the 30th.
    clock.set('2026-10-01T03:00:00.000Z');
    store.append([started('c')]);
    store.settle();
    expect(days(folder)).toEqual([]);
    clock.set('2026-10-01T05:00:00.000Z');
    store.append([started('d')]);
    store.append([started('e')]);
    expect(days(folder)).toEqual([]);
    store.settle();
    expect(days(folder)).toEqual(['2026-10-01 daily']);
    const copy = rawDatabase(store.backups()[0]?.path ?? '');
    expect(copy.prepare('SELECT count(*) FROM event').pluck().get()).toBe(5);
  });

  it('is made once a day, and not by a process that only reads', () => {
    const folder = tempFolder();
    openIn(folder).append([started('a')]);
    const clock = clockAt('2026-10-01T12:00:00.000Z');
    const reader = openIn(folder, { clock });
    reader.progress();
    reader.settle();
    expect(days(folder)).toEqual([]);
    for (const task of ['b', 'c']) {
      const store = openIn(folder, { clock });
      store.append([started(task)]);
      store.settle();
    }
    expect(days(folder)).toEqual(['2026-10-01 daily']);
  });

  it('is made by the next process that writes when one was killed before it', () => {
    const folder = tempFolder();
    const clock = clockAt('2026-10-01T12:00:00.000Z');
    openIn(folder).append([started('a')]);
    openIn(folder, { clock }).append([started('b')]);
    const next = openIn(folder, { clock });
    next.append([started('c')]);
    next.settle();
    expect(days(folder)).toEqual(['2026-10-01 daily']);
  });

  it('is made after an undo as well', () => {
    const folder = tempFolder();
    openIn(folder).append([started('a')]);
    const store = openIn(folder, { clock: clockAt('2026-10-01T12:00:00.000Z') });
    store.undo(1);
    store.settle();
    expect(days(folder)).toEqual(['2026-10-01 daily']);
  });

  it('does not stop the write when it fails, but warns', () => {
    const folder = tempFolder();
    openIn(folder).append([started('a')]);
    const store = openIn(folder, { clock: clockAt('2026-10-01T12:00:00.000Z'), backupFolder: '/dev/null/backups' });
    store.append([started('b')]);
    expect(eventsOf(store)).toHaveLength(2);
    store.settle();
    expect(store.warnings).toEqual([
      expect.stringContaining('The daily backup failed: No backup could be written to /dev/null/backups'),
    ]);
  });

  it('thins the older ones', () => {
    const folder = tempFolder();
    const clock = movingClock('2026-08-01T12:00:00.000Z');
    const store = openIn(folder, { clock });
    for (let day = 1; day <= 31; day += 1) {
      clock.set(`2026-08-${String(day).padStart(2, '0')}T12:00:00.000Z`);
      store.append([started('a')]);
      store.settle();
    }
    expect(days(folder).length).toBeLessThan(14);
  });
});
