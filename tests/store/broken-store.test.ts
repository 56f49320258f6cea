import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toStoreError } from '../../src/store/store-error.js';
import {
  eventsOf,
  filesIn,
  logged,
  noon,
  openIn,
  rawDatabase,
  started,
  storeOptions,
  tempFolder,
  thrownBy,
} from './temp-store.js';

/** A store with some history and one backup, closed. */
function filledStore() {
  const folder = tempFolder();
  const store = openIn(folder);
  store.append(Array.from({ length: 500 }, (_, index) => logged(`task-${index}`, 1)));
  const backup = store.backup('manual');
  store.close();
  return { folder, path: store.path, backup };
}

describe('a store that cannot be read', () => {
  it('is no fresh start: names the backups and the command that restores one', () => {
    const { folder, path, backup } = filledStore();
    writeFileSync(path, 'this is no database at all '.repeat(400));
    const before = readFileSync(path);
    expect(thrownBy(() => openIn(folder))).toMatchObject({
      code: 'STORE_CORRUPT',
      exitCode: 5,
      message: expect.stringContaining(backup.path),
      hint: `aisafe restore ${backup.path}`,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says how to set it aside when there is no backup', () => {
    const folder = tempFolder();
    const { path } = storeOptions(folder);
    mkdirSync(dirname(path));
    writeFileSync(path, 'this is no database at all '.repeat(400));
    expect(thrownBy(() => openIn(folder))).toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('There is no backup.'),
      hint: `mv ${path} ${path}.unreadable`,
    });
  });

  it('is noticed when the file was cut off', () => {
    const { folder, path } = filledStore();
    truncateSync(path, 10_000);
    expect(
      thrownBy(() => {
        const store = openIn(folder);
        store.progress();
        for (const _event of store.events());
      }),
    ).toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('is noticed when nothing is left of the file', () => {
    const { folder, path } = filledStore();
    truncateSync(path, 0);
    expect(thrownBy(() => openIn(folder))).toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('is empty'),
    });
  });

  it('is noticed when pages are overwritten', () => {
    const { folder, path } = filledStore();
    const file = openSync(path, 'r+');
    for (let page = 2; page < 30; page += 1) writeSync(file, Buffer.alloc(2000, 0x5a), 0, 2000, page * 4096);
    closeSync(file);
    const error = thrownBy(() => {
      const store = openIn(folder);
      const failed = store.check().filter((check) => check.status === 'failed');
      expect(failed.map((check) => check.id)).toContain('integrity');
      expect(failed[0]?.hint).toMatch(/^aisafe restore /);
      for (const _event of store.events());
      store.append([started('more')]);
    });
    expect(error).toMatchObject({ code: 'STORE_CORRUPT' });
  });

  describe('in the middle of what is sound', () => {
    /** Puts broken JSON where SQLite would not let it be written. */
    const breakJson = (path: string, sql: string) => {
      const raw = rawDatabase(path);
      raw.pragma('ignore_check_constraints = ON');
      const trigger = raw.prepare("SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_updated'").pluck().get();
      raw.exec(`DROP TRIGGER event_is_never_updated; ${sql}; ${trigger}`);
      raw.close();
    };
    const failedChecks = (folder: string) => {
      const store = openIn(folder);
      const failed = store.check().filter((check) => check.status === 'failed');
      store.close();
      return failed;
    };

    it('says that an event cannot be read, with what mends it', () => {
      const { folder, path } = filledStore();
      breakJson(path, `UPDATE event SET data = '{"minutes":' WHERE subject = 'task/aisafe/task-7'`);
      const expected = {
        code: 'STORE_CORRUPT',
        message: expect.stringContaining('An event in the store'),
        hint: expect.stringMatching(/: aisafe doctor --fix$/),
      };
      const store = openIn(folder);
      const { all } = store.history();
      expect(thrownBy(() => [...store.events()])).toMatchObject(expected);
      expect(thrownBy(() => [...all.texts()])).toMatchObject(expected);
      expect(thrownBy(() => store.rebuild())).toMatchObject(expected);
      expect(failedChecks(folder)).toEqual([
        expect.objectContaining({ id: 'integrity' }),
        { id: 'projections', status: 'failed', message: expect.stringContaining('an event'), hint: expected.hint },
      ]);
    });

    it('takes events that cannot be read from a backup, and out of the history when none has them', () => {
      const { folder, path } = filledStore();
      const store = openIn(folder);
      store.append([started('too-late-for-the-backup')]);
      store.append([started('after-it')]);
      const before = eventsOf(store);
      store.close();
      breakJson(
        path,
        `UPDATE event SET data = '{"minutes":' WHERE subject IN ('task/aisafe/task-7', 'task/aisafe/task-8')`,
      );
      breakJson(path, `UPDATE event SET data = 'x' WHERE subject = 'task/aisafe/too-late-for-the-backup'`);
      const broken = openIn(folder);
      const mended = broken.mendEvents();
      expect(mended?.putBack.map(({ subject }) => subject)).toEqual(['task/aisafe/task-7', 'task/aisafe/task-8']);
      expect(mended?.takenOut.map(({ subject }) => subject)).toEqual(['task/aisafe/too-late-for-the-backup']);
      expect(eventsOf(broken)).toEqual(before.filter(({ subject }) => !subject.includes('too-late')));
      expect(failedChecks(folder)).toEqual([]);
      expect(broken.mendEvents()).toBeUndefined();
      const raw = rawDatabase(path);
      expect(() => raw.exec("UPDATE event SET kind = 'x'")).toThrow('never changed');
      expect(() => raw.exec('DELETE FROM event')).toThrow('never deleted');
      const copy = mended?.copy ?? '';
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      expect(rawDatabase(copy).prepare('SELECT count(*) FROM event WHERE NOT json_valid(data)').pluck().get()).toBe(3);
    });

    it('works progress out again that cannot be read', () => {
      const { folder, path } = filledStore();
      const before = openIn(folder).progress().task.size;
      breakJson(path, `UPDATE projection SET state = '{"minutes":' WHERE kind = 'task'`);
      const store = openIn(folder);
      expect(thrownBy(() => store.progress().task)).toMatchObject({
        code: 'STORE_CORRUPT',
        message: expect.stringContaining('progress'),
        hint: expect.stringContaining('aisafe doctor --fix'),
      });
      expect(failedChecks(folder)).toEqual([
        expect.objectContaining({ id: 'projections', hint: 'aisafe doctor --fix' }),
      ]);
      store.rebuild();
      expect(failedChecks(folder)).toEqual([]);
      expect(store.progress().task.size).toBe(before);
    });
  });

  it('may be the database of another program', () => {
    const folder = tempFolder();
    const { path } = storeOptions(folder);
    mkdirSync(dirname(path));
    const other = rawDatabase(path);
    other.exec('CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 40');
    other.close();
    expect(thrownBy(() => openIn(folder))).toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('another program'),
    });
  });
});

describe('a store that cannot be used', () => {
  it('was written by a newer version', () => {
    const { folder, path } = filledStore();
    const raw = rawDatabase(path);
    raw.pragma('user_version = 99');
    raw.close();
    expect(thrownBy(() => openIn(folder))).toMatchObject({ code: 'STORE_NEWER', details: { version: 99 } });
  });

  it('is locked by another process', () => {
    const { folder, path } = filledStore();
    const other = rawDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    const store = openIn(folder, { busyTimeout: 50 });
    expect(store.progress().task.size).toBe(500);
    expect(thrownBy(() => store.append([started('a')]))).toMatchObject({ code: 'STORE_LOCKED', exitCode: 5 });
    other.exec('ROLLBACK');
    expect(store.append([started('a')])).toHaveLength(1);
  });

  it('is a folder', () => {
    const folder = tempFolder();
    mkdirSync(storeOptions(folder).path, { recursive: true });
    expect(thrownBy(() => openIn(folder))).toMatchObject({
      code: 'STORE_UNWRITABLE',
      message: expect.stringContaining('a folder'),
    });
  });

  it('lies in a folder that is a file', () => {
    const folder = tempFolder();
    writeFileSync(dirname(storeOptions(folder).path), '');
    expect(thrownBy(() => openIn(folder))).toMatchObject({ code: 'STORE_UNWRITABLE' });
    expect(filesIn(folder)).toEqual(['home']);
  });

  it('lies where nothing can be made', () => {
    expect(thrownBy(() => openIn('/dev/null'))).toMatchObject({ code: 'STORE_UNWRITABLE' });
  });
});

describe('errors of SQLite and of the file system', () => {
  it.each([
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_LOCKED'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_CORRUPT'],
    ['SQLITE_NOTADB', 'STORE_CORRUPT'],
    ['SQLITE_FULL', 'STORE_FULL'],
    ['ENOSPC', 'STORE_FULL'],
    ['SQLITE_READONLY_DBMOVED', 'STORE_UNWRITABLE'],
    ['SQLITE_IOERR_WRITE', 'STORE_UNWRITABLE'],
    ['EACCES', 'STORE_UNWRITABLE'],
    ['EROFS', 'STORE_UNWRITABLE'],
  ])('%s is %s', (code, expected) => {
    const error = Object.assign(new Error('x'), { code });
    const place = { path: '/home/me/my store.db', backups: () => [] };
    expect(toStoreError(error, place)).toMatchObject({
      code: expected,
      cause: error,
      hint: expect.stringMatching(/\w/),
    });
  });

  it('are left alone when they are none of the store', () => {
    for (const error of [new Error('bug'), Object.assign(new Error('bug'), { code: 'SQLITE_CONSTRAINT_CHECK' }), 'x']) {
      expect(toStoreError(error, { path: '/x', backups: () => [] })).toBe(error);
    }
  });

  it('are told with a command that can be pasted', () => {
    const error = Object.assign(new Error('x'), { code: 'SQLITE_CORRUPT' });
    const backup = { path: "/home/me/it's/b.db", at: noon, bytes: 1, reason: 'daily' };
    expect(toStoreError(error, { path: '/x', backups: () => [backup] })).toMatchObject({
      hint: "aisafe restore '/home/me/it'\\''s/b.db'",
    });
  });
});
