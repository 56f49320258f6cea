import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Finding } from '../core/curriculum/finding.js';
import type { Curriculum } from '../core/curriculum/model.js';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import { errorCode } from './error-code.js';
import { listCurriculumFiles, readFolder, resolveFolder } from './read-folder.js';

/** Goes up whenever what is kept changes its form: a cache of another format is not read. */
const cacheFormat = 1;

/** A place to keep curricula that were read before. The methods of the store that do so fit. */
export interface CurriculumCache {
  read(key: string): { readonly fingerprint: string; readonly json: string } | undefined;
  write(key: string, cached: { readonly fingerprint: string; readonly json: string }): void;
}

interface Fingerprint {
  /** Path, size and times of every file, which are cheap to ask for. */
  readonly stats: string;
  /** Hash of the content, for when the times have changed and the files have not. */
  readonly hash: string;
}

/**
 * The curriculum in a folder. When its files are as they were last time it comes from the cache, and neither the YAML
 * parser nor the validator is loaded.
 * @throws AppError FILE_NOT_FOUND when there is no such folder; CURRICULUM_INVALID when it has errors.
 */
export async function loadCurriculum(from: {
  readonly folder: string;
  readonly cache: CurriculumCache;
}): Promise<Curriculum> {
  const folder = resolveFolder(from.folder);
  const key = `${cacheFormat}:${folder}`;
  const cached = from.cache.read(key);
  const known = cached && readFingerprint(cached.fingerprint);
  // The times are taken before the content: a change in between is seen the next time.
  const stats = describeFiles(folder);
  if (cached && known?.stats === stats) {
    const curriculum = parseCached(cached.json);
    if (curriculum) return curriculum;
  }
  const { hashFiles } = await import('./hash.js');
  const read = readFolder(folder);
  const hash = hashFiles(read.files);
  const isSound = read.findings.every(({ severity }) => severity !== 'error');
  if (cached && known?.hash === hash && isSound) {
    const curriculum = parseCached(cached.json);
    if (curriculum) {
      from.cache.write(key, { fingerprint: JSON.stringify({ stats, hash } satisfies Fingerprint), json: cached.json });
      return curriculum;
    }
  }
  const { checkCurriculum } = await import('./read.js');
  const { curriculum, findings } = checkCurriculum(read);
  if (!curriculum) throw invalid(resolve(from.folder), findings);
  from.cache.write(key, {
    fingerprint: JSON.stringify({ stats, hash } satisfies Fingerprint),
    json: JSON.stringify(curriculum),
  });
  return curriculum;
}

function describeFiles(folder: string): string {
  return listCurriculumFiles(folder)
    .map((name) => `${name} ${describeFile(join(folder, name))}`)
    .join('\n');
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

/** What was kept is what this program once compiled and validated; anything else is read again. */
function parseCached(json: string): Curriculum | undefined {
  const value = parseJson(json);
  const isCurriculum = typeof value === 'object' && value !== null && 'phases' in value && 'revisions' in value;
  return isCurriculum ? (value as Curriculum) : undefined;
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
