import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { latestVersion } from '../../src/store/migrations.js';
import { filesIn, openIn, rawDatabase, started, storeOptions, tempFolder, thrownBy } from './temp-store.js';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('opening a store', () => {
  it('makes folder and file for the learner alone', () => {
    const store = openIn(tempFolder());
    store.append([started('a')]);
    expect(mode(dirname(store.path))).toBe('700');
    for (const suffix of ['', '-wal', '-shm']) expect(mode(store.path + suffix)).toBe('600');
  });

  it('leaves the permissions of a folder that was there before', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'home'), { mode: 0o755 });
    openIn(folder);
    expect(mode(join(folder, 'home'))).toBe('755');
  });

  it('keeps the device for good', () => {
    const folder = tempFolder();
    const first = openIn(folder);
    const { device } = first;
    first.close();
    expect(device).toMatch(/^[0-9a-f]{16}$/);
    expect(openIn(folder).device).toBe(device);
  });

  it('keeps a write-ahead log and marks the file as its own', () => {
    const { path } = openIn(tempFolder());
    const raw = rawDatabase(path);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('application_id', { simple: true })).toBe(0x61697366);
    expect(raw.pragma('user_version', { simple: true })).toBe(latestVersion());
  });

  it('does not change a byte of an up-to-date store that is only read', () => {
    const folder = tempFolder();
    const writing = openIn(folder);
    writing.append([started('a')]);
    writing.close();
    const before = readFileSync(writing.path);
    const reading = openIn(folder);
    reading.progress();
    expect(statSync(`${reading.path}-wal`).size).toBe(0);
    reading.close();
    expect(readFileSync(reading.path).equals(before)).toBe(true);
    expect(filesIn(dirname(reading.path))).toEqual(['aisafe.db']);
  });

  it('opens read-only, and then refuses to write', () => {
    const folder = tempFolder();
    openIn(folder).append([started('a')]);
    const store = openIn(folder, { readonly: true });
    expect(store.progress().task.size).toBe(1);
    expect(thrownBy(() => store.append([started('b')]))).toMatchObject({ code: 'STORE_UNWRITABLE' });
  });

  it('does not make a store when opened read-only', () => {
    const folder = tempFolder();
    expect(thrownBy(() => openIn(folder, { readonly: true }))).toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect(filesIn(folder)).toEqual([]);
  });

  it('keeps curricula by key, and their pieces by version', () => {
    const { curriculumCache: cache } = openIn(tempFolder());
    const pieces = (version: string): readonly (readonly [string, string])[] => [
      ['question/b', `"${version} b"`],
      ['question/a', `"${version} a"`],
      ['phases', `"${version} phases"`],
    ];
    const write = (version: string, replaces: string | undefined) =>
      cache.write(
        'shipped',
        { fingerprint: version, json: `{"of":"${version}"}` },
        { version, replaces, pieces: pieces(version) },
      );
    write('v1', undefined);
    write('v2', 'v1');
    expect(cache.read('shipped')).toEqual({ fingerprint: 'v2', json: '{"of":"v2"}' });
    expect(cache.piece('shipped', 'v2', 'phases')).toBe('"v2 phases"');
    expect(cache.pieces('shipped', 'v2', 'question/')).toEqual(['"v2 b"', '"v2 a"']);
    // A process that began before the change can read on.
    expect(cache.piece('shipped', 'v1', 'phases')).toBe('"v1 phases"');
    write('v3', 'v2');
    expect(cache.piece('shipped', 'v1', 'phases')).toBeUndefined();
    expect(cache.read('other')).toBeUndefined();
    cache.forget('shipped');
    expect(cache.read('shipped')).toBeUndefined();
  });

  it('drops what another program kept of the same curriculum, and nothing else', () => {
    const { curriculumCache: cache } = openIn(tempFolder());
    const write = (key: string) =>
      cache.write(
        key,
        { fingerprint: key, json: '{}' },
        { version: 'v', replaces: undefined, pieces: [['phases', '[]']] },
      );
    for (const key of ['1:/a', '1:/a#questions', '1:/b', '2:/a']) write(key);
    expect(['1:/a', '1:/a#questions', '1:/b', '2:/a'].map((key) => cache.read(key)?.fingerprint)).toEqual([
      undefined,
      '1:/a#questions',
      '1:/b',
      '2:/a',
    ]);
    expect(cache.piece('1:/a', 'v', 'phases')).toBeUndefined();
    expect(cache.piece('2:/a', 'v', 'phases')).toBe('[]');
  });

  it('keeps what was worked out until the moment has passed', () => {
    const store = openIn(tempFolder());
    const from = { moment: 'build day 1', content: 'a' };
    store.derived.keep('next', from, '1');
    store.derived.keep('status', { ...from, content: 'b' }, '2');
    expect(store.derived.read('next', from)).toBeUndefined();
    store.settle();
    expect(store.derived.read('next', from)).toBe('1');
    expect(store.derived.read('next', { ...from, content: 'b' })).toBeUndefined();
    expect(store.derived.read('status', { ...from, content: 'b' })).toBe('2');
    // “1” is no beginning of “12”.
    store.derived.keep('review', { moment: 'build day 12', content: 'a' }, '3');
    store.settle();
    expect(store.derived.read('next', from)).toBeUndefined();
    expect(store.derived.read('review', { moment: 'build day 12', content: 'a' })).toBe('3');
  });

  it('does without what cannot be kept: another process is writing', () => {
    const store = openIn(tempFolder());
    const other = rawDatabase(store.path);
    other.exec('BEGIN IMMEDIATE');
    store.derived.keep('next', { moment: 'm', content: 'c' }, '1');
    expect(() => store.settle()).not.toThrow();
    other.exec('ROLLBACK');
    expect(store.derived.read('next', { moment: 'm', content: 'c' })).toBeUndefined();
  });

  it('has a version of the history that is never newer than the progress that was read', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    store.append([started('a')]);
    const { task } = store.progress();
    openIn(folder).append([started('b')]);
    expect([task.size, store.historyVersion()]).toEqual([1, 1]);
    store.append([started('c')]);
    expect([store.progress().task.size, store.historyVersion()]).toEqual([3, 3]);
  });

  it('gives progress of the moment it was asked for, whatever is written before it is looked at', () => {
    const store = openIn(tempFolder());
    store.append([started('a')]);
    const before = store.progress();
    store.append([started('b')]);
    expect(before.task.size).toBe(1);
    expect(store.progress().task.size).toBe(2);
  });

  it('starts in an empty file when there is nothing to lose', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'home'));
    writeFileSync(storeOptions(folder).path, '');
    expect(openIn(folder).progress().task.size).toBe(0);
  });
});

describe('the table of events', () => {
  const raw = () => {
    const store = openIn(tempFolder());
    store.append([started('a')]);
    return rawDatabase(store.path);
  };

  it('refuses to change an event', () => {
    expect(() => raw().exec("UPDATE event SET kind = 'task.done'")).toThrow('never changed');
  });

  it('refuses to delete an event', () => {
    expect(() => raw().exec('DELETE FROM event')).toThrow('never deleted');
  });

  it('refuses to replace an event', () => {
    expect(() => raw().exec('INSERT OR REPLACE INTO event SELECT * FROM event')).toThrow('never replaced');
  });
});
