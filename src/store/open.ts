import { statSync } from 'node:fs';
import type { EventList } from '../core/progress/event-history.js';
import type { CardProgress } from '../core/progress/state.js';
import { sumConfidences } from '../core/quiz/confidence-counts.js';
import { AppError } from '../errors.js';
import type { Clock } from '../platform/clock.js';
import type { Random } from '../platform/random.js';
import { selectAnswers } from './answers.js';
import { backUpBeside, copyDamaged, listBackups, writeBackup } from './backup.js';
import {
  hasCards,
  readCard,
  readCards,
  readCardsUntil,
  readConfidences,
  readDueCards,
  readDueCounts,
  readSureButWrong,
} from './cards.js';
import { checkStore } from './check.js';
import { createCurriculumCache } from './curriculum-cache.js';
import { backUpDaily } from './daily-backup.js';
import { createDerivedCache } from './derived.js';
import {
  countEventsSince,
  damagedEvents,
  type EventFilter,
  hasEvents,
  lastRow,
  selectEvents,
  selectEventTexts,
} from './events.js';
import { withoutLog } from './journal-mode.js';
import { mendEvents } from './mend-events.js';
import { mergeEvents } from './merge.js';
import type { Migration } from './migrations.js';
import { deviceOf, openStoreFile } from './open-file.js';
import { rebuildProjections } from './projections.js';
import { type LazyProgress, readProgress } from './read-progress.js';
import { recordEvents } from './record.js';
import { readSitting, readSittings } from './sittings.js';
import type { Store } from './store.js';
import { toStoreError } from './store-error.js';
import { tentatively } from './tentatively.js';
import { actionsInForce, undoActions } from './undo.js';

export interface StoreOptions {
  readonly path: string;
  readonly backupFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly readonly?: boolean;
  /** Milliseconds to wait for another process that is writing; 5000 unless given. */
  readonly busyTimeout?: number;
  /** Other schema changes than the shipped ones, for tests of migrating. */
  readonly migrations?: readonly Migration[];
}

const defaultBusyTimeout = 5000;

/**
 * Opens the learner's store, made if missing and migrated (after a backup) if old.
 * @throws AppError STORE_* when it cannot be used, NATIVE_MODULE when SQLite cannot be loaded.
 */
export function openStore(options: StoreOptions): Store {
  const { path, backupFolder, clock } = options;
  const place = { path, backups: () => listBackups(backupFolder) };
  const guard = <T>(body: () => T): T => {
    try {
      return body();
    } catch (error) {
      throw toStoreError(error, place);
    }
  };

  const database = guard(() => openStoreFile({ ...options, busyTimeout: options.busyTimeout ?? defaultBusyTimeout }));
  const device = guard(() => deviceOf(database));
  const origin = { device, clock, random: options.random };
  const fileId = guard(() => statSync(path).ino);
  const warnings: string[] = [];
  let lazyProgress: LazyProgress | undefined;
  const cards = new Map<string, ReadonlyMap<string, CardProgress>>();

  const cardsOf = (curriculum: string) => {
    const kept = cards.get(curriculum) ?? guard(() => readCards(database, curriculum));
    cards.set(curriculum, kept);
    return kept;
  };

  const readLazily = () => {
    lazyProgress ??= readProgress(database, guard);
    return lazyProgress;
  };

  const write = <T>(body: () => T): T =>
    guard(() => {
      lazyProgress?.complete();
      try {
        return database.transaction(() => {
          assertInPlace(path, fileId);
          return body();
        });
      } finally {
        lazyProgress = undefined;
        cards.clear();
      }
    });

  const derived = createDerivedCache(database, guard);
  let isBackupAwaited = false;
  const writeAnswer = <T>(body: () => T): T => {
    const written = write(body);
    isBackupAwaited = true;
    return written;
  };

  const backup: Store['backup'] = (reason, target) =>
    guard(() => writeBackup(database.sqlite, { folder: backupFolder, reason, clock, path: target }));

  return {
    path,
    device,
    warnings,
    backup,
    backups: () => guard(place.backups),
    progress: () => readLazily().progress,
    cards: cardsOf,
    cardsUntil: (curriculum, day) => guard(() => readCardsUntil(database, curriculum, day)),
    hasCards: (curriculum) => guard(() => hasCards(database, curriculum)),
    card: (curriculum, question) => guard(() => readCard(database, curriculum, question)),
    dueCards: (curriculum, day, limit) => guard(() => readDueCards(database, curriculum, day, limit)),
    dueCounts: (curriculum, from, to) => guard(() => readDueCounts(database, curriculum, from, to)),
    sureButWrong: (curriculum, confidence) => guard(() => readSureButWrong(database, curriculum, confidence)),
    answers: (filter) => guardEach(selectAnswers(database, filter), guard),
    confidences: (curriculum) => {
      const known = cards.get(curriculum)?.values();
      return sumConfidences(known ?? guard(() => readConfidences(database, curriculum)));
    },
    sitting: (id) => guard(() => readSitting(database, id)),
    sittings: (filter) => guard(() => readSittings(database, filter)),
    append: (events) => (events.length === 0 ? [] : writeAnswer(() => recordEvents(database, events, origin))),
    events: (filter) => guardEach(selectEvents(database, filter), guard),
    history: () => {
      const upTo = guard(() => lastRow(database));
      const listOf = (filter: EventFilter): EventList => ({
        [Symbol.iterator]: () => guardEach(selectEvents(database, filter), guard),
        texts: () => guardEach(selectEventTexts(database, filter), guard),
        ofKind: (kind) => guardEach(selectEvents(database, { ...filter, kind }), guard),
      });
      return {
        all: { ...listOf({ upTo }), count: (since = '') => guard(() => countEventsSince(database, upTo, since)) },
        effective: listOf({ upTo, effective: true }),
      };
    },
    actions: (limit) => guard(() => actionsInForce(database, limit)),
    undo: (count) => {
      if (guard(() => actionsInForce(database, Math.min(count, 1))).length === 0) return [];
      return writeAnswer(() => undoActions(database, count, origin));
    },
    merge: (events, mergeOptions) =>
      guard(() => {
        const merge = () =>
          tentatively(write, () => {
            const { report, isRisky } = mergeEvents(database, events, mergeOptions);
            const wanted = mergeOptions?.isWanted?.({ ...report, backup: null }) ?? true;
            // What was before the merge is what another connection still sees.
            const made =
              wanted && isRisky ? backUpBeside(path, { folder: backupFolder, reason: 'pre-import', clock }) : null;
            return { keep: wanted, value: { ...report, backup: made } };
          });
        return hasEvents(database) ? merge() : withoutLog(database.sqlite, merge);
      }),
    rebuild: () => {
      // What is to be worked out again may be what cannot be read.
      lazyProgress = undefined;
      return write(() => rebuildProjections(database));
    },
    mendEvents: () =>
      guard(() => {
        if (damagedEvents(database).length === 0) return undefined;
        const copy = copyDamaged(database.sqlite, path, clock);
        lazyProgress = undefined;
        return write(() => {
          const mended = mendEvents(database, place.backups());
          return { ...mended, copy, events: rebuildProjections(database) };
        });
      }),
    curriculumCache: createCurriculumCache(database, guard),
    derived: derived.cache,
    historyVersion: () => readLazily().version,
    check: () => guard(() => checkStore(database, { ...place, device, clock })),
    settle: () => {
      if (isBackupAwaited) {
        isBackupAwaited = false;
        const warning = guard(() => backUpDaily(database, clock, backupFolder));
        if (warning !== undefined) warnings.push(warning);
      }
      derived.settle();
    },
    close: () => guard(() => database.sqlite.close()),
  };
}

function* guardEach<E>(
  rows: Generator<E, void, undefined>,
  guard: <T>(body: () => T) => T,
): Generator<E, void, undefined> {
  for (;;) {
    const next = guard(() => rows.next());
    if (next.done) return;
    yield next.value;
  }
}

/** A restore puts another file in place; what is written to the old one would be lost. */
function assertInPlace(path: string, fileId: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.ino === fileId) return;
  throw new AppError('STORE_LOCKED', `The store at ${path} was replaced meanwhile; this change was not saved.`, {
    hint: 'Run the command again.',
  });
}
