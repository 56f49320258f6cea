import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCurriculum } from '../../src/content/read.js';
import { changedBase, temporaryFolder } from './folders.js';
import { hostileCases, hostileRules } from './hostile-cases.js';

describe('a hostile curriculum', () => {
  const seen = new Set<string>();

  it.each(hostileCases)('gets a finding within seconds: $about', { timeout: 60_000 }, ({ spoil, expect: expected }) => {
    const folder = changedBase();
    spoil(folder);
    const before = process.cpuUsage();
    const { findings } = readCurriculum(folder);
    const { user } = process.cpuUsage(before);
    for (const { rule } of findings) seen.add(rule);
    const described = findings.map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
    expect(
      described.find((line) => line.includes(expected)),
      described.slice(0, 5).join('\n'),
    ).toBeDefined();
    expect(findings.length).toBeLessThan(2000);
    // The aim is two seconds; this is for what takes for ever, on whatever machine.
    expect(user / 1e6).toBeLessThan(20);
  });

  it('shows every rule that it is said to show', () => {
    expect(hostileRules.filter((rule) => !seen.has(rule))).toEqual([]);
  });

  const costly = ['nothing but quotes', 'nothing but empty concepts', 'a chain of 9000 concepts', 'a bomb of aliases'];

  it.each(hostileCases.filter(({ about }) => costly.some((each) => about.startsWith(each))))(
    'fits into a small heap: $about',
    { timeout: 30_000 },
    ({ spoil }) => {
      const folder = changedBase();
      spoil(folder);
      const { status, stdout } = spawnSync(
        process.execPath,
        ['--max-old-space-size=192', resolve('bin/aisafe.cjs'), 'curriculum', 'lint', folder, '--json'],
        { encoding: 'utf8', env: { ...process.env, AISAFE_HOME: temporaryFolder() }, maxBuffer: 16 * 1024 * 1024 },
      );
      expect(status).toBe(1);
      expect(JSON.parse(stdout).data.errors).toBeGreaterThan(0);
    },
  );
});
