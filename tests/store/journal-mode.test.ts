import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf, newStore, openIn, rawDatabase, started, stopInMerge, tempFolder } from './temp-store.js';

const modeOf = (path: string) => rawDatabase(path).pragma('journal_mode', { simple: true });
const elsewhere = () => {
  const other = newStore();
  other.append([started('a')]);
  return eventsOf(other);
};

describe('the journal of a store', () => {
  it('is the log, after a merge into a new store too', () => {
    const store = newStore();
    expect(modeOf(store.path)).toBe('wal');
    store.merge(elsewhere());
    expect(modeOf(store.path)).toBe('wal');
    expect(eventsOf(store)).toHaveLength(1);
  });

  it('is another one during that merge, so that each page is written once', () => {
    const store = newStore();
    const seen: string[] = [];
    const watched = function* () {
      seen.push(existsSync(`${store.path}-wal`) ? 'log' : 'no log');
      yield* elsewhere();
    };
    store.merge(watched());
    expect(seen).toEqual(['no log']);
    store.merge(watched());
    expect(seen).toEqual(['no log', 'log']);
  });

  it('stays the log while somebody else has the store open', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    const other = openIn(folder);
    const seen: boolean[] = [];
    store.merge(
      (function* () {
        seen.push(existsSync(`${store.path}-wal`));
        // Others read what was before.
        expect(eventsOf(other)).toEqual([]);
        yield* elsewhere();
      })(),
    );
    expect(seen).toEqual([true]);
    expect(eventsOf(other)).toHaveLength(1);
  });

  it('is the log again at the next start, when a merge was cut off', () => {
    const folder = tempFolder();
    openIn(folder).close();
    const path = join(folder, 'home', 'aisafe.db');
    rawDatabase(path).pragma('journal_mode = DELETE');
    openIn(folder, { readonly: true }).close();
    expect(modeOf(path)).toBe('delete');
    openIn(folder).close();
    expect(modeOf(path)).toBe('wal');
  });

  it('takes back what a merge was stopped in', () => {
    const folder = tempFolder();
    const store = openIn(folder);
    store.append([started('a')]);
    store.close();
    stopInMerge(store.path);
    const again = openIn(folder);
    expect(eventsOf(again)).toHaveLength(1);
    expect(again.check().filter(({ status }) => status === 'failed')).toEqual([]);
    expect(modeOf(store.path)).toBe('wal');
    expect(existsSync(`${store.path}-journal`)).toBe(false);
  });

  it('is left as it is when others are writing at the next start', () => {
    const folder = tempFolder();
    openIn(folder).close();
    const raw = rawDatabase(join(folder, 'home', 'aisafe.db'));
    raw.pragma('journal_mode = DELETE');
    raw.exec('BEGIN IMMEDIATE');
    const store = openIn(folder);
    expect(eventsOf(store)).toEqual([]);
    raw.exec('ROLLBACK');
    store.append([started('a')]);
    expect(eventsOf(store)).toHaveLength(1);
  });
});
