import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, logged, openIn, rawDatabase, started, storeOptions, tempFolder, thrownBy } from './temp-store.js';

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
    expect(thrownBy(() => openIn(folder))).toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('is empty') });
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

  it('may be the database of another program', () => {
    const folder = tempFolder();
    const { path } = storeOptions(folder);
    mkdirSync(dirname(path));
    const other = rawDatabase(path);
    other.exec('CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 40');
    other.close();
    expect(thrownBy(() => openIn(folder))).toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('another program') });
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
    expect(thrownBy(() => openIn(folder))).toMatchObject({ code: 'STORE_UNWRITABLE', message: expect.stringContaining('a folder') });
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

  it('is on a full disk', () => {
    const { folder, path } = filledStore();
    const store = openIn(folder);
    // The page limit of a connection fails in the way that a full disk does.
    const raw = rawDatabase(path);
    expect(raw.pragma('max_page_count', { simple: true })).toBeGreaterThan(0);
    expect(store.progress().task.size).toBe(500);
  });
});
