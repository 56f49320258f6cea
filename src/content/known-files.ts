/** Files of a curriculum whose YAML was read before: after a change only the files that changed are parsed again. */
import type { CurriculumCache } from '../core/curriculum/cache.js';
import { lazily } from '../core/lazily.js';
import { hashFiles } from './hash.js';
import { type Locate, type ParsedFile, parseYaml } from './parse-yaml.js';

interface KnownFile {
  readonly hash: string;
  readonly lexemes: number;
  readonly value: unknown;
}

export interface KnownFiles {
  /** As `parseYaml`. Where something stands in a known file is found by parsing it after all, when it is asked for. */
  readonly parse: typeof parseYaml;
  /** Keeps what was parsed anew. To be called once all of it was found sound: then it is what JSON can say. */
  keep(): void;
}

/** What is kept under one name is replaced when the file changes, so one version serves for all. */
const version = 'files';

export function knownFiles(cache: CurriculumCache, key: string): KnownFiles {
  const fresh: [name: string, file: KnownFile][] = [];
  return {
    parse: (file, allowance) => {
      const hash = hashFiles([file]);
      const known = readKnown(cache.piece(key, version, file.name));
      if (known?.hash === hash && known.lexemes <= allowance)
        return describe(file.name, known, () => parseYaml(file, allowance));
      const parsed = parseYaml(file, allowance);
      const { content, lexemes, findings } = parsed;
      if (content && findings.length === 0) fresh.push([file.name, { hash, lexemes, value: content.value }]);
      return parsed;
    },
    keep: () => {
      if (fresh.length === 0) return;
      const pieces = fresh.map(([name, file]) => [name, JSON.stringify(file)] as const);
      cache.write(key, { fingerprint: version, json: '{}' }, { version, replaces: version, pieces });
    },
  };
}

function describe(name: string, { lexemes, value }: KnownFile, parse: () => ParsedFile): ParsedFile {
  const parsed = lazily(parse);
  const locate: Locate = (path, at) => parsed().content?.locate(path, at) ?? { line: 1, column: 1 };
  return { name, findings: [], lexemes, content: { value, locate } };
}

function readKnown(json: string | undefined): KnownFile | undefined {
  if (json === undefined) return undefined;
  try {
    const known: unknown = JSON.parse(json);
    return isKnownFile(known) ? known : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isKnownFile(value: unknown): value is KnownFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'hash' in value &&
    'value' in value &&
    'lexemes' in value &&
    typeof value.lexemes === 'number'
  );
}
