/** The schema as a list of changes. A change that was released is never edited: add the next one. */
import { AppError } from '../errors.js';
import type { SqliteDatabase } from './sqlite.js';

/** Marks an SQLite file as ours ("aisf" in ASCII). */
const applicationId = 0x61697366;

export interface Migration {
  /** The schema version (`user_version`) after it; 1, 2, 3 ... */
  readonly version: number;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id TEXT NOT NULL PRIMARY KEY,
  action TEXT NOT NULL,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  tz TEXT NOT NULL,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  revision TEXT,
  data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;
CREATE INDEX event_by_time ON event (at, id);
CREATE INDEX event_by_subject ON event (subject, at, id);
CREATE INDEX event_by_action ON event (action);

CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END;

CREATE TABLE undone (action TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE projection (
  subject TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT,
  last TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE curriculum_cache (
  key TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
`,
  },
  {
    version: 2,
    sql: `
ALTER TABLE projection ADD COLUMN due TEXT GENERATED ALWAYS AS
  (CASE WHEN kind = 'card' AND json_extract(state, '$.suspended') IS NULL THEN json_extract(state, '$.card.due') END) VIRTUAL;
ALTER TABLE projection ADD COLUMN mistaken REAL GENERATED ALWAYS AS
  (CASE WHEN kind = 'card' AND json_extract(state, '$.lastResult') = 'wrong' THEN json_extract(state, '$.lastConfidence') END) VIRTUAL;
CREATE INDEX projection_by_due ON projection (due) WHERE due IS NOT NULL;
CREATE INDEX projection_by_mistake ON projection (mistaken) WHERE mistaken IS NOT NULL;
CREATE INDEX event_by_confidence
  ON event (json_extract(data, '$.confidence'), json_extract(data, '$.result'), subject, action)
  WHERE kind = 'question.answered' AND json_extract(data, '$.confidence') IS NOT NULL;
CREATE INDEX event_by_device ON event (device, id);
CREATE INDEX event_by_sitting ON event (json_extract(data, '$.sitting')) WHERE kind = 'question.answered';
`,
  },
  {
    version: 3,
    sql: `
DELETE FROM curriculum_cache;
CREATE TABLE curriculum_part (
  key TEXT NOT NULL,
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL CHECK (json_valid(json)),
  PRIMARY KEY (key, version, name)
) STRICT;
CREATE INDEX projection_by_open_sitting ON projection (subject)
  WHERE kind = 'sitting' AND state IS NOT NULL AND json_extract(state, '$.finishedAt') IS NULL;
DROP INDEX event_by_confidence;
`,
  },
];

/** The version that the last of the changes leads to. */
export function latestVersion(list: readonly Migration[] = migrations): number {
  return list.at(-1)?.version ?? 0;
}

export function schemaVersion(sqlite: SqliteDatabase): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

/**
 * Is this SQLite file one of ours, or still without any content? The tables are looked at first: another process may make
 * them, and the mark with them, in between.
 */
export function fileOwner(sqlite: SqliteDatabase): 'aisafe' | 'nobody' | 'another program' {
  const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0) return 'nobody';
  return sqlite.pragma('application_id', { simple: true }) === applicationId ? 'aisafe' : 'another program';
}

/** @throws AppError STORE_NEWER when a newer program has written the file. */
export function assertNotNewer(version: number, path: string, latest = latestVersion()): void {
  if (version <= latest) return;
  throw new AppError(
    'STORE_NEWER',
    `${path} was written by a newer aisafe (schema ${version}; this one reads up to ${latest}). It was left untouched.`,
    { hint: 'Update aisafe, or choose another folder with --home DIR.', details: { path, version, latest } },
  );
}

/**
 * Makes all pending changes, or none. Another process may make them first.
 * @param device name of this store's device, taken if it has none yet.
 */
export function migrate(
  sqlite: SqliteDatabase,
  path: string,
  device: string,
  list: readonly Migration[] = migrations,
): void {
  const run = sqlite.transaction(() => {
    const version = schemaVersion(sqlite);
    assertNotNewer(version, path, latestVersion(list));
    for (const migration of list) {
      if (migration.version > version) sqlite.exec(migration.sql);
    }
    sqlite.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('device', ?)").run(device);
    sqlite.pragma(`application_id = ${applicationId}`);
    sqlite.pragma(`user_version = ${latestVersion(list)}`);
  });
  run.immediate();
}
