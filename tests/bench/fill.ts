/**
 * Makes what the benchmark measures, in a process of its own, with the program's own code:
 *   node fill.cjs folder DIR TASKS QUESTIONS                  a curriculum as files
 *   node fill.cjs store HOME DIR TASKS QUESTIONS REVIEWS OTHERS   a store, and the curriculum in its cache
 *   node fill.cjs shipped HOME DIR REVIEWS OTHERS              a store with a history of the curriculum in DIR
 *   node fill.cjs save HOME QUESTIONS                          milliseconds of saving, as JSON
 *   node fill.cjs rebuild HOME                                 milliseconds and peak memory of a rebuild, as JSON
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { packCurriculum, packQuestions } from '../../src/content/kept.js';
import { loadCurriculum, loadQuestions } from '../../src/content/load.js';
import { compileCurriculum, compileQuestions } from '../../src/core/curriculum/compile.js';
import { tasksOf } from '../../src/core/curriculum/model.js';
import type { NewEvent } from '../../src/core/progress/event.js';
import { subject } from '../../src/core/progress/subject.js';
import type { CardState } from '../../src/core/schedule/card.js';
import { createClock } from '../../src/platform/clock.js';
import { systemRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { curriculumId, makeCurriculum, type Size, writeCurriculum } from './make-curriculum.js';
import { makeHistory, namesOf, review } from './make-history.js';

const [mode, place = '', ...rest] = process.argv.slice(2);
const number = (index: number) => Number(rest[index] ?? 0);

switch (mode) {
  case 'folder':
    writeCurriculum(place, makeCurriculum({ tasks: number(0), questions: number(1) }));
    break;
  case 'store':
    void fillStore({ tasks: number(1), questions: number(2) }, rest[0] ?? '');
    break;
  case 'shipped':
    void fillShipped(rest[0] ?? '');
    break;
  case 'save':
    tell(timeSaving());
    break;
  case 'rebuild':
    tell(timeRebuild());
}

function open(home: string): Store {
  mkdirSync(home, { recursive: true });
  return openStore({
    path: join(home, 'aisafe.db'),
    backupFolder: join(home, 'backups'),
    clock: createClock(),
    random: systemRandom(),
  });
}

async function fillStore(size: Size, folder: string): Promise<void> {
  const store = open(place);
  const begin = performance.now();
  store.merge(makeHistory(namesOf(size), { reviews: number(3), others: number(4) }));
  const mergedMs = performance.now() - begin;
  store.append([
    { kind: 'curriculum.added', subject: subject.curriculum(curriculumId), data: { path: folder } },
    { kind: 'setting.set', subject: subject.setting('curriculum'), data: { value: curriculumId } },
  ]);
  await fillCache(store, size, folder);
  store.close();
  tell({ mergedMs });
}

/** A long history of a curriculum that is there. */
async function fillShipped(folder: string): Promise<void> {
  const store = open(place);
  const from = { folder, cache: store.curriculumCache };
  const curriculum = await loadCurriculum(from);
  const { outlines } = await loadQuestions(from);
  const about = {
    curriculum: curriculum.id,
    tasks: [...tasksOf(curriculum)].map(({ id }) => id),
    questions: outlines.map(({ id }) => id),
  };
  store.merge(makeHistory(about, { reviews: number(1), others: number(2) }));
  store.close();
}

/**
 * Ten thousand tasks are more than the reader of files takes, so the cache is filled as if it did: the folder holds a
 * small curriculum, and what is kept of it is replaced.
 */
async function fillCache({ curriculumCache: cache }: Store, size: Size, folder: string): Promise<void> {
  const written: string[] = [];
  const write: typeof cache.write = (key, ...kept) => {
    // Single files are kept along with what they are part of.
    if (!key.endsWith('#files')) written.push(key);
    cache.write(key, ...kept);
  };
  await loadCurriculum({ folder, cache: { ...cache, write } });
  await loadQuestions({ folder, cache: { ...cache, write } });
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const { questions, ...content } = makeCurriculum(size);
  for (const key of written) {
    const { fingerprint = '' } = cache.read(key) ?? {};
    const version = String(JSON.parse(fingerprint).hash);
    const { head, pieces } = key.endsWith('#questions')
      ? packQuestions(compileQuestions(questions, hash))
      : packCurriculum(compileCurriculum(content, hash));
    cache.write(key, { fingerprint, json: head }, { version, replaces: undefined, pieces });
  }
}

function timeSaving() {
  const store = open(place);
  const cards = new Map<string, CardState>();
  const about = namesOf({ tasks: 60, questions: number(0) });
  const answers = times(60, (index) => review(about, index, new Date(), cards), store);
  const done = times(
    60,
    (index) => ({ kind: 'task.done', subject: subject.task(curriculumId, `t${index}`), data: {} }),
    store,
  );
  store.close();
  return { answers, done };
}

function times(count: number, make: (index: number) => NewEvent, store: Store) {
  const saved = Array.from({ length: count }, (_, index) => {
    const event = make(index);
    const before = performance.now();
    store.append([event]);
    return performance.now() - before;
  }).sort((a, b) => a - b);
  return { median: saved[Math.floor(count / 2)], slowest: saved.at(-1) };
}

function timeRebuild() {
  const store = open(place);
  const before = performance.now();
  const events = store.rebuild();
  const ms = performance.now() - before;
  store.close();
  return { events, ms, bytes: process.resourceUsage().maxRSS * 1024 };
}

function tell(figures: unknown): void {
  process.stdout.write(JSON.stringify(figures));
}
