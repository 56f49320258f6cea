import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CurriculumCache } from '../core/curriculum/cache.js';
import type { Finding } from '../core/curriculum/finding.js';
import type { Curriculum, QuestionBank } from '../core/curriculum/model.js';
import type { CurriculumTexts } from '../core/search/entries.js';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import { errorCode } from './error-code.js';
import {
  type Packed,
  type Pieces,
  packCurriculum,
  packQuestions,
  packTexts,
  unpackCurriculum,
  unpackQuestions,
  unpackTexts,
} from './kept.js';
import type { CurriculumReading } from './read.js';
import { listCurriculumFiles, listQuestionFiles, readFolder, resolveFolder, type Wanted } from './read-folder.js';

/** Goes up whenever what is kept changes its form: a cache of another format is not read. */
const cacheFormat = 4;

interface Fingerprint {
  /** Path, size and times of every file, which are cheap to ask for. */
  readonly stats: string;
  /** Hash of the content, for when the times have changed and the files have not. */
  readonly hash: string;
}

interface From {
  readonly folder: string;
  readonly cache: CurriculumCache;
  /** Size and times of its files, by folder: the system is asked once, whatever is loaded. */
  readonly seen?: Map<string, string>;
}

/** What is loaded from a folder: which files it takes, and how what was read of them is kept. */
interface Part<T> {
  readonly key: string;
  readonly wanted: Wanted;
  readonly pick: (reading: CurriculumReading) => T | undefined;
  readonly pack: (value: T) => Packed;
  /** Undefined when the head is not what this program writes: the files are read again. */
  readonly unpack: (head: unknown, pieces: Pieces) => T | undefined;
}

const curriculumPart: Part<Curriculum> = {
  key: '',
  wanted: { questions: false },
  pick: ({ curriculum }) => curriculum,
  pack: packCurriculum,
  unpack: unpackCurriculum,
};

const questionsPart: Part<QuestionBank> = {
  key: '#questions',
  wanted: { questions: true },
  pick: ({ questions }) => questions,
  pack: packQuestions,
  unpack: unpackQuestions,
};

/**
 * The curriculum in a folder, without its questions. When its files are as they were last time it comes from the cache,
 * and neither the YAML parser nor the validator is loaded.
 * @throws AppError FILE_NOT_FOUND when there is no such folder; CURRICULUM_INVALID when it has errors.
 */
export function loadCurriculum(from: From): Promise<Curriculum> {
  return loadPart(from, curriculumPart);
}

/**
 * The questions of the curriculum in a folder, checked against all of it, from the cache when nothing has changed.
 * @throws AppError as `loadCurriculum`.
 */
export function loadQuestions(from: From): Promise<QuestionBank> {
  return loadPart(from, questionsPart);
}

/** What a search in this curriculum, of this folder, needs: made of it, and kept until it changes. */
export async function loadTexts(curriculum: Curriculum, { folder, cache }: From): Promise<CurriculumTexts> {
  const key = `${cacheFormat}:${resolveFolder(folder)}#texts`;
  const version = curriculum.revision;
  const cached = cache.read(key);
  const kept =
    cached?.fingerprint === version && unpackTexts(parseJson(cached.json), keptPieces(cache, { folder, key, version }));
  if (kept) return kept;
  const { curriculumTexts } = await import('../core/search/entries.js');
  const texts = curriculumTexts(curriculum);
  const { head, pieces } = packTexts(texts);
  cache.write(key, { fingerprint: version, json: head }, { version, replaces: cached?.fingerprint, pieces });
  return texts;
}

async function loadPart<T>(from: From, { key: suffix, wanted, pick, pack, unpack }: Part<T>): Promise<T> {
  const folder = resolveFolder(from.folder);
  const key = `${cacheFormat}:${folder}${suffix}`;
  const cached = from.cache.read(key);
  const before = cached && readFingerprint(cached.fingerprint);
  const unpackCached = (json: string, version: string) =>
    unpack(parseJson(json), keptPieces(from.cache, { folder, key, version }));
  // The times are taken before the content: a change in between is seen the next time.
  const stats = describeFiles(folder, wanted, from.seen ?? new Map());
  if (cached && before?.stats === stats) {
    const kept = unpackCached(cached.json, before.hash);
    if (kept) return kept;
  }
  const { hashFiles } = await import('./hash.js');
  const read = readFolder(folder, wanted);
  const hash = hashFiles(read.files);
  const isSound = read.findings.every(({ severity }) => severity !== 'error');
  const fingerprint = JSON.stringify({ stats, hash } satisfies Fingerprint);
  if (cached && before?.hash === hash && isSound) {
    const kept = unpackCached(cached.json, hash);
    if (kept) {
      from.cache.write(key, { fingerprint, json: cached.json });
      return kept;
    }
  }
  const [{ checkCurriculum }, { knownFiles }] = await Promise.all([import('./read.js'), import('./known-files.js')]);
  const known = knownFiles(from.cache, `${cacheFormat}:${folder}#files`);
  const reading = checkCurriculum(read, known.parse);
  const loaded = pick(reading);
  if (loaded === undefined) throw invalid(resolve(from.folder), reading.findings);
  known.keep();
  const { head, pieces } = pack(loaded);
  from.cache.write(key, { fingerprint, json: head }, { version: hash, replaces: before?.hash, pieces });
  return loaded;
}

/** A string in which nothing is escaped is taken as it stands: parsing would copy it, which takes long for all texts. */
function parseKept(json: string) {
  const isPlain = json.startsWith('"') && !json.includes('\\') && json.indexOf('"', 1) === json.length - 1;
  return isPlain ? json.slice(1, -1) : JSON.parse(json);
}

/** The pieces of one version. One that is gone or damaged is not made up for: the files are read anew the next time. */
function keptPieces(
  cache: CurriculumCache,
  { folder, key, version }: { readonly folder: string; readonly key: string; readonly version: string },
): Pieces {
  const lost = () => {
    cache.forget(key);
    return new AppError('STORE_LOCKED', `What was kept of the curriculum in ${folder} has changed meanwhile.`, {
      hint: 'Run the command again.',
    });
  };
  const parse = <T>(json: string): T => {
    try {
      return parseKept(json);
    } catch (error) {
      throw error instanceof SyntaxError ? lost() : error;
    }
  };
  return {
    read: (name) => {
      const json = cache.piece(key, version, name);
      if (json === undefined) throw lost();
      return parse(json);
    },
    readAll: <T>(prefix: string, count: number) => {
      const all = cache.pieces(key, version, prefix);
      if (all.length !== count) throw lost();
      return all.map((json) => parse<T>(json));
    },
  };
}

function describeFiles(folder: string, { questions }: Wanted, seen: Map<string, string>): string {
  const describe = (names: readonly string[]) =>
    names.map((name) => `${name} ${describeFile(join(folder, name))}`).join('\n');
  const others = seen.get(folder) ?? describe(listCurriculumFiles(folder, { questions: false }));
  seen.set(folder, others);
  return questions ? `${others}\n${describe(listQuestionFiles(folder))}` : others;
}

function describeFile(path: string): string {
  try {
    const { size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return errorCode(error);
  }
}

function readFingerprint(json: string): Fingerprint | undefined {
  const value = parseJson(json);
  if (typeof value !== 'object' || value === null || !('stats' in value) || !('hash' in value)) return undefined;
  const { stats, hash } = value;
  return typeof stats === 'string' && typeof hash === 'string' ? { stats, hash } : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const shownInMessage = 3;
const shownInDetails = 50;

function invalid(folder: string, findings: readonly Finding[]): AppError {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const shown = errors
    .slice(0, shownInMessage)
    .map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  const more = errors.length > shownInMessage ? `\nand ${errors.length - shownInMessage} more` : '';
  return new AppError('CURRICULUM_INVALID', `The curriculum in ${folder} has ${count}:\n${shown.join('\n')}${more}`, {
    hint: `aisafe curriculum lint ${quoteWord(folder)}`,
    details: { folder, errors: errors.length, findings: errors.slice(0, shownInDetails) },
  });
}
