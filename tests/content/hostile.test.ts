import { describe, expect, it } from 'vitest';
import { readCurriculum } from '../../src/content/read.js';
import { changedBase } from './folders.js';
import { hostileCases, hostileRules } from './hostile-cases.js';

describe('a hostile curriculum', () => {
  it.each(hostileCases)('gets a finding within seconds: $about', { timeout: 10_000 }, ({ spoil, expect: expected }) => {
    const folder = changedBase();
    spoil(folder);
    const started = performance.now();
    const { findings } = readCurriculum(folder);
    const milliseconds = performance.now() - started;
    const described = findings.map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
    expect(
      described.find((line) => line.includes(expected)),
      described.slice(0, 5).join('\n'),
    ).toBeDefined();
    expect(findings.length).toBeLessThan(2000);
    // Two seconds on a machine of its own; test files share the processors.
    expect(milliseconds).toBeLessThan(6000);
  });

  it('shows every rule that it is said to show', () => {
    const seen = new Set<string>();
    for (const { spoil } of hostileCases) {
      const folder = changedBase();
      spoil(folder);
      for (const { rule } of readCurriculum(folder).findings) seen.add(rule);
    }
    expect(hostileRules.filter((rule) => !seen.has(rule))).toEqual([]);
  }, 120_000);
});
