import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type StartedGrader, startGrader } from '../../src/labs/grader-process.js';
import { pythonForTests } from './python.js';
import { gradeSmall, smallSource } from './small-lab.js';

const python = (await pythonForTests()) ?? '';
const scratch = mkdtempSync(join(tmpdir(), 'aisafe-ahead-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const start = (path = python) => startGrader({ python: path, channel: { type: 'descriptor' } });
const grade = (started: StartedGrader) => gradeSmall(python, smallSource({}), { started });

describe.skipIf(python === '')('a grader that was started ahead', () => {
  it('does the first run that it is given', async () => {
    const started = start();
    expect(started.isWaiting()).toBe(true);
    expect(await grade(started)).toMatchObject({ verdict: 'passed', reason: null });
    expect(await started.ended).toEqual({ type: 'exited', code: 0, signal: null });
    expect(await grade(started)).toMatchObject({ verdict: 'passed', reason: null });
  });

  it('goes when it is not needed, and only then', async () => {
    const unneeded = start();
    unneeded.end();
    expect(await unneeded.ended).toMatchObject({ type: 'exited', signal: 'SIGKILL' });
    const needed = start();
    const running = grade(needed);
    needed.end();
    expect(await running).toMatchObject({ verdict: 'passed', reason: null });
  });

  it('is replaced when it could not be started or has ended meanwhile', async () => {
    const short = join(scratch, 'short');
    writeFileSync(short, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    for (const path of [join(scratch, 'nowhere'), short]) {
      const started = start(path);
      await started.ended;
      expect(started.isWaiting()).toBe(false);
      expect(await grade(started)).toMatchObject({ verdict: 'passed', reason: null });
    }
  });

  it('ends by itself when nobody tells it what to do any more', async () => {
    const started = start();
    started.child.stdin?.end();
    expect(await started.ended).toMatchObject({ type: 'exited', signal: 'SIGKILL' });
  });
});
