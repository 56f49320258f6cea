import { describe, expect, it } from 'vitest';
import { firstRed } from '../../src/core/lab/lab-run.js';
import { hostileFiles } from './hostile-files.js';
import { processesWith } from './processes.js';
import { pythonForTests } from './python.js';
import { gradeSmall, smallLab, smallSource, statuses } from './small-lab.js';

const python = await pythonForTests();

/** A shorter time for the two files that only the last limit stops. */
const { path, lab } = smallLab.lab;
const hasty = { path, lab: { ...lab, limits: { ...lab.limits, total_s: 1 } } };

describe.skipIf(python === undefined)('grading a file that', () => {
  for (const hostile of hostileFiles) {
    it(hostile.name, { timeout: 60_000 }, async () => {
      const limits = hostile.reason === 'TIMEOUT' ? { lab: hasty } : {};
      const run = await gradeSmall(python ?? '', hostile.source, {
        beside: hostile.beside ?? {},
        timeScale: hostile.timeScale ?? 1,
        ...limits,
      });
      const [double, total, norm] = hostile.statuses;
      expect(statuses(run)).toBe(`double:${double} total:${total} norm:${norm}`);
      expect(run.verdict).toBe('not-yet');
      expect(run.reason?.code).toBe(hostile.reason);
      const red = firstRed(run);
      if (hostile.message) expect(red?.message).toMatch(hostile.message);
      const lines = String(hostile.source).split('\n');
      const here = lines.findIndex((line) => line.includes('# here'));
      if (here >= 0) {
        const where = run.reason?.where ?? red?.where;
        expect({ line: where?.line, code: where?.code }).toEqual({ line: here + 1, code: lines[here]?.trim() });
      }
      expect(processesWith(/sleep 31[123]|aisafe-small-/)).toEqual([]);
    });
  }

  it('is right passes', async () => {
    const run = await gradeSmall(python ?? '', smallSource({}));
    expect(run).toMatchObject({ verdict: 'passed', reason: null, fullRun: true, seed: 1 });
    expect(run.metrics).toEqual([{ check: 'total', name: 'total', value: expect.any(Number) }]);
  });
});
