import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOwner, latestVersion, migrations } from '../../src/store/migrations.js';
import { projectionVersion } from '../../src/store/projections.js';
import {
  eventsOf,
  logged,
  openIn,
  projectionRows,
  rawDatabase,
  started,
  storeOptions,
  tempFolder,
  thrownBy,
} from './temp-store.js';

const fixtures = resolve('tests/store/fixtures');
const next = {
  version: latestVersion() + 1,
  sql: 'ALTER TABLE projection ADD COLUMN extra TEXT; CREATE TABLE card (id TEXT) STRICT;',
};
const failing = { version: next.version, sql: 'CREATE TABLE card (id TEXT) STRICT; SELECT * FROM nowhere;' };

/** A folder that holds the store of a released schema. */
function folderWithSchema(version: number): string {
  const folder = tempFolder();
  const { path } = storeOptions(folder);
  mkdirSync(dirname(path));
  const raw = rawDatabase(path);
  raw.exec(readFileSync(resolve(fixtures, `schema-${version}.sql`), 'utf8'));
  raw.pragma('journal_mode = WAL');
  raw.close();
  return folder;
}

function schemaOf(folder: string): readonly unknown[] {
  const raw = rawDatabase(storeOptions(folder).path);
  return raw.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}

describe('migrations', () => {
  it('are never edited once released', () => {
    const hashes = migrations.map(({ version, sql }) => [
      version,
      createHash('sha256').update(sql).digest('hex').slice(0, 16),
    ]);
    expect(hashes).toMatchInlineSnapshot(`
      [
        [
          1,
          "d7b1858d8701188f",
        ],
        [
          2,
          "b989ca1853b45c66",
        ],
        [
          3,
          "3986ea74538f26ac",
        ],
      ]
    `);
  });

  it('are numbered from 1 without a gap', () => {
    expect(migrations.map((each) => each.version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('keep a fixture of every released schema', () => {
    for (const { version } of migrations) expect(eventsOf(openIn(folderWithSchema(version))).length).toBeGreaterThan(0);
  });

  it.each(migrations.map(({ version }) => version))('lead from schema %i to that of a new store', (version) => {
    const folder = folderWithSchema(version);
    openIn(folder);
    const fresh = tempFolder();
    openIn(fresh);
    expect(schemaOf(folder)).toEqual(schemaOf(fresh));
  });

  it('back the store up first, and keep every event', () => {
    const folder = folderWithSchema(1);
    const store = openIn(folder, { migrations: [...migrations, next] });
    expect(eventsOf(store)).toHaveLength(34);
    expect(store.backups().map((backup) => backup.reason)).toEqual(['pre-migration']);
    expect(rawDatabase(store.backups()[0]?.path ?? '').pragma('user_version', { simple: true })).toBe(1);
    expect(rawDatabase(store.path).pragma('user_version', { simple: true })).toBe(next.version);
    store.append([started('b')]);
  });

  it('need no backup when nothing happened yet', () => {
    const folder = tempFolder();
    openIn(folder).close();
    expect(openIn(folder, { migrations: [...migrations, next] }).backups()).toEqual([]);
  });

  it('leave the store as it was when one fails', () => {
    const folder = folderWithSchema(1);
    const before = schemaOf(folder);
    expect(() => openIn(folder, { migrations: [...migrations, failing] })).toThrow('nowhere');
    expect(schemaOf(folder)).toEqual(before);
    expect(eventsOf(openIn(folder))).toHaveLength(34);
  });

  it('do not happen when the backup cannot be made', () => {
    const folder = folderWithSchema(1);
    const options = { migrations: [...migrations, next], backupFolder: '/dev/null/backups' };
    expect(thrownBy(() => openIn(folder, options))).toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(rawDatabase(storeOptions(folder).path).pragma('user_version', { simple: true })).toBe(1);
  });

  it('are not made on a store that is open for reading only', () => {
    const folder = folderWithSchema(1);
    const options = { migrations: [...migrations, next], readonly: true };
    expect(thrownBy(() => openIn(folder, options))).toMatchObject({ code: 'STORE_UNWRITABLE' });
  });
});

describe('a new file', () => {
  it('is nobody’s or ours, never of another program, while another process makes the store', () => {
    const folder = tempFolder();
    const { path } = storeOptions(folder);
    mkdirSync(dirname(path));
    const raw = rawDatabase(path);
    raw.pragma('journal_mode = WAL');
    let isMade = false;
    const makeAfter = <T>(result: T): T => {
      if (!isMade) openIn(folder).close();
      isMade = true;
      return result;
    };
    // Whichever is asked first, the other process comes in between.
    const watched = new Proxy(raw, {
      get: (target, name) => {
        if (name === 'pragma') return (...words: Parameters<typeof raw.pragma>) => makeAfter(target.pragma(...words));
        if (name !== 'prepare') return Reflect.get(target, name);
        return (sql: string) => ({ pluck: () => ({ get: () => makeAfter(target.prepare(sql).pluck().get()) }) });
      },
    });
    expect(['nobody', 'aisafe']).toContain(fileOwner(watched));
    expect(isMade).toBe(true);
    expect(fileOwner(raw)).toBe('aisafe');
    raw.close();
  });
});

describe('the store of schema 1', () => {
  it('opens with its device, its progress and its undo', () => {
    const store = openIn(folderWithSchema(1));
    const progress = store.progress();
    expect(store.device).toBe('c3d9dd145dd4a3d4');
    expect(progress.profile).toMatchObject({ background: 'stem', hoursPerWeek: 8 });
    expect(progress.task.get('aisafe/build-mlp')).toMatchObject({
      status: { state: 'done' },
      minutes: 125,
      revision: 'r2',
    });
    expect(progress.task.has('aisafe/probability')).toBe(false);
    expect([...progress.evidence.keys()]).toEqual(['e1']);
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
  });

  it('is replayed when its projections are of other rules', () => {
    const folder = folderWithSchema(1);
    const raw = rawDatabase(storeOptions(folder).path);
    raw.exec("UPDATE meta SET value = '0' WHERE key = 'projections'; DELETE FROM projection WHERE kind = 'note'");
    raw.close();
    expect(thrownBy(() => openIn(folder, { readonly: true }))).toMatchObject({ code: 'STORE_UNWRITABLE' });
    expect(openIn(folder).progress().note.size).toBe(1);
    expect(openIn(folder, { readonly: true }).progress().note.size).toBe(1);
  });

  it('can be written to', () => {
    const store = openIn(folderWithSchema(1));
    store.append([logged('build-mlp', 5)]);
    expect(store.progress().task.get('aisafe/build-mlp')?.minutes).toBe(130);
  });
});

describe('the history of schema 2', () => {
  it('folds as it always did, or projectionVersion is raised', async () => {
    const store = openIn(folderWithSchema(2));
    const kept = projectionRows(store.path);
    store.rebuild();
    expect(projectionRows(store.path)).toEqual(kept);
    const rows = JSON.stringify(kept, undefined, 2);
    await expect(`${rows}\n`).toMatchFileSnapshot(resolve(fixtures, `projections-${projectionVersion}.json`));
  });

  it('holds every kind of event about questions', () => {
    const kinds = new Set(eventsOf(openIn(folderWithSchema(2))).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => /^(question|card|sitting)\./.test(kind)).sort()).toEqual([
      'card.graded',
      'card.reset',
      'card.resumed',
      'card.suspended',
      'question.answered',
      'question.flagged',
      'question.unflagged',
      'sitting.finished',
      'sitting.started',
    ]);
  });

  it('is replayed to cards, due days, sittings and answers', () => {
    const store = openIn(folderWithSchema(2));
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
    expect([...store.dueCards('aisafe', '2026-10-05', 10).keys()]).toEqual([
      'svd-order',
      'rank-deficient',
      'mask-name',
    ]);
    expect([...store.sittings({ open: true }).keys()]).toEqual(['t2', 't3']);
    expect([...store.answers({ sitting: 't2' })].map(({ question }) => question)).toEqual([
      'softmax-limit',
      'attention-cost',
      'blanks',
      'skipped-only',
    ]);
  });

  it('comes out of schema 1 without losing anything', () => {
    const events = eventsOf(openIn(folderWithSchema(2)));
    const [old, fresh] = [openIn(folderWithSchema(1)), openIn(tempFolder())];
    old.merge(events);
    fresh.merge(events);
    expect(eventsOf(old)).toEqual(events);
    expect(projectionRows(old.path)).toEqual(projectionRows(fresh.path));
  });
});

describe('the history of labs in schema 3', () => {
  const open = () => {
    const folder = folderWithSchema(3);
    const raw = rawDatabase(storeOptions(folder).path);
    raw.exec(readFileSync(resolve(fixtures, 'schema-3-labs.sql'), 'utf8'));
    raw.close();
    const store = openIn(folder);
    store.rebuild();
    return store;
  };

  it('holds every kind of event about labs', () => {
    const kinds = new Set(eventsOf(open()).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind.startsWith('lab.')).sort()).toEqual([
      'lab.bughunt-solved',
      'lab.bughunt-started',
      'lab.checked',
      'lab.hinted',
      'lab.predicted',
      'lab.predictions-scored',
      'lab.reset',
      'lab.solution-seen',
      'lab.started',
      'lab.submitted',
      'lab.trusted',
    ]);
  });

  it('folds as it always did, or projectionVersion is raised', async () => {
    const store = open();
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
    const rows = projectionRows(store.path).filter((row) => JSON.stringify(row).includes('"lab/'));
    const text = `${JSON.stringify(rows, undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot(resolve(fixtures, `projections-${projectionVersion}-labs.json`));
  });

  it('comes out of an import as it is', () => {
    const store = open();
    const fresh = openIn(tempFolder());
    fresh.merge(eventsOf(store));
    expect(projectionRows(fresh.path)).toEqual(projectionRows(store.path));
  });
});
