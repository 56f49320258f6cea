import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LabReport } from '../../src/core/lab/verify-report.js';
import { verifyLab } from '../../src/labs/verify/verify-lab.js';
import { verifyLabs } from '../../src/labs/verify/verify-labs.js';
import { pythonForTests } from './python.js';
import { type LabWithMutants, smallLab, spoiltLab } from './small-lab.js';

const executable = (await pythonForTests()) ?? '';
const python = { executable, version: '3', numpy: '1' };
const scratch = mkdtempSync(join(tmpdir(), 'aisafe-verify-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const verify = ({ lab, mutants }: LabWithMutants, guide?: string) =>
  verifyLab({ lab, mutants, python: executable, guide });

const said = ({ findings }: LabReport) => findings.map(({ gate, message }) => `${gate}: ${message}`);

/** Each bad package with the findings that it must give, and no others. */
const bad: Readonly<Record<string, readonly RegExp[]>> = {
  'bad-serves': [/^metadata: serves: the guide does not say “The labs are in the garden\.”$/],
  'bad-plan': [
    /^metadata: the check double: there are no hints on twice$/,
    /^metadata: the check norm uses length, which is not in functions$/,
  ],
  'bad-names': [
    /^metadata: mutants: the id mean is used twice$/,
    /^metadata: functions: starter\.py does not define norm at its top level$/,
  ],
  'bad-starter': [
    /^starter: double is “pass” on the starter/,
    /^starter: total is “fail” on the starter/,
    /^starter: no check is todo on the starter$/,
  ],
  'bad-starter-load': [/^starter: LOAD_FAILED: .*\(line 1\)/],
  'bad-solution': [/^solution: on seed [\d, ]+.*: double: fail: double\(x\) is off/],
  'bad-pace': [/^solution: total took 5\d\d ms of its 1 s on seed \d+: more than a third$/],
  'bad-predict': [
    /^solution: predict: length asks for the metric length, which is not emitted on seed 0, 1/,
    /^solution: predict: sum: total is -[\d.]+ to [\d.]+ over the pool, so that no one number is right within 1$/,
    /^solution: predict: sign: total is .* so that no one direction is right within 0\.1$/,
  ],
  'bad-mutants': [
    /^mutants: misfit: the text to be found does not occur in solution\.py: return 7/,
    /^mutants: survivor: seed 3: double is “pass” and should fail$/,
    /^mutants: survivor: seed 17: double is “pass” and should fail$/,
    /^mutants: wrong-words: seed 3: the message does not match \/the product\/: total\(x\) is/,
    /^mutants: wrong-words: seed 17: /,
    /^mutants: further: seed 3: double fails too \(fail: .* and is not in fails$/,
    /^mutants: further: seed 17: double fails too/,
    /^mutants: alone: also_only: total, run alone, is “pass” and should fail$/,
  ],
  'bad-coverage': [/^coverage: no mutant fails norm, and it is not named in integration$/],
  'bad-fuzz': [
    /^fuzz: double:(nan|axis|noise): no check fails$/,
    /^fuzz: double:empty breaks the check double: ValueError: .*grader\.py", line 9/,
    /^fuzz: norm:\w+ breaks the check norm: AttributeError/,
  ],
  deadly: [/^fuzz: total:none: the process ended/, /^fuzz: total:empty: the process ended/],
};

describe.skipIf(executable === '')('verifying a lab', () => {
  for (const [name, expected] of Object.entries(bad)) {
    it(`finds what is wrong with ${name}`, { timeout: 120_000 }, async () => {
      const report = await verify(spoiltLab(name, scratch), name === 'bad-serves' ? 'There are no labs.' : undefined);
      const messages = said(report);
      for (const pattern of expected) expect(messages).toContainEqual(expect.stringMatching(pattern));
      const others = messages.filter((message) => !expected.some((pattern) => pattern.test(message)));
      expect(others).toEqual([]);
    });
  }

  it('finds nothing wrong with a good one, remembers that, and runs it again when something changed', async () => {
    const copy = spoiltLab('bad-coverage', scratch);
    writeFileSync(join(copy.lab.path, 'mutants.yaml'), readFileSync(join(smallLab.lab.path, 'mutants.yaml')));
    const { mutants } = smallLab;
    const cache = join(scratch, 'good.json');
    const request = { labs: [{ lab: copy.lab, mutants }], python, cache, guide: 'Nothing is quoted.' };
    const [first] = await verifyLabs(request);
    expect(first).toMatchObject({ id: 'small', checks: 3, mutantsCaught: 3, mutants: 3, seeds: 24, fuzz: 24 });
    expect(first).toMatchObject({ findings: [], notes: [], isCached: false });
    expect(first?.slowestCheck?.timeout).toBe(1);
    expect(await verifyLabs(request)).toEqual([{ ...first, isCached: true }]);
    writeFileSync(join(copy.lab.path, 'README.md'), 'New words.');
    const [third] = await verifyLabs(request);
    expect(third).toMatchObject({ findings: [], isCached: false });
  }, 120_000);

  it('stops soon when it is called off', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const begun = performance.now();
    await expect(
      verifyLabs({ labs: [smallLab, smallLab], python, parallel: 2, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(performance.now() - begun).toBeLessThan(2300);
  });
});
