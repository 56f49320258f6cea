import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { knownFiles } from '../../src/content/known-files.js';
import { checkCurriculum, readCurriculum } from '../../src/content/read.js';
import { readFolder } from '../../src/content/read-folder.js';
import { readingRules } from '../../src/core/curriculum/finding.js';
import { rules } from '../../src/core/curriculum/lint/rules.js';
import { baseFolder, type Change, changedBase } from './folders.js';
import { hostileRules } from './hostile-cases.js';
import { memoryCache } from './memory-cache.js';

interface BadCase {
  readonly about: string;
  readonly changes: readonly Change[];
  /** `file:line:column severity rule` of every finding, in order. */
  readonly expect: readonly string[];
}

const folder = fileURLToPath(new URL('../fixtures/curricula/bad', import.meta.url));
const cases = readdirSync(folder).map((file) => {
  const bad: BadCase = parse(readFileSync(join(folder, file), 'utf8'));
  return { name: basename(file, '.yaml'), ...bad };
});

describe('a curriculum that is wrong in one place', () => {
  it('is wrong against a base that is right', () => {
    expect(readCurriculum(baseFolder).findings).toEqual([]);
  });

  it.each(cases)('$name: $about', ({ changes, expect: expected }) => {
    const { curriculum, findings } = readCurriculum(changedBase(changes));
    const described = findings.map(
      ({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`,
    );
    expect(described).toEqual(expected);
    expect(curriculum === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
  });

  it.each(cases)('$name is found in the same place when what is right in it was read before', ({ changes }) => {
    const cache = memoryCache();
    const wanted = { questions: true, packages: true };
    const before = knownFiles(cache, 'base');
    checkCurriculum(readFolder(baseFolder, wanted), before.parse);
    before.keep();
    const changed = changedBase(changes);
    const { findings } = checkCurriculum(readFolder(changed, wanted), knownFiles(cache, 'base').parse);
    expect(findings).toEqual(readCurriculum(changed).findings);
  });

  it('is shown for every rule, under its name', () => {
    const known = [...Object.keys(readingRules), ...rules.map((rule) => rule.id)];
    const shown = new Set<string>(hostileRules);
    for (const { name, expect: expected } of cases) {
      for (const rule of known)
        if (name.startsWith(rule) && expected.some((line) => line.endsWith(` ${rule}`))) shown.add(rule);
    }
    expect(known.filter((rule) => !shown.has(rule))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
    expect(cases.length).toBeGreaterThan(60);
  });

  it('is shown only for rules that there are', () => {
    const known = [...Object.keys(readingRules), ...rules.map((rule) => rule.id)];
    const named = new Set(cases.flatMap(({ expect: expected }) => expected.map((line) => line.split(' ')[2])));
    expect([...named].filter((rule) => rule !== undefined && !known.includes(rule))).toEqual([]);
  });
});
