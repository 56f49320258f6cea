import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/core/lab/lab-run.js';
import { runLab } from '../../src/labs/run-lab.js';
import { runSelfTest, suggestTimeScale } from '../../src/labs/self-test.js';
import { processesWith } from './processes.js';
import { pythonForTests } from './python.js';
import { gradeSmall, smallLab, smallSource, statuses } from './small-lab.js';

const python = (await pythonForTests()) ?? '';
const scratch = mkdtempSync(join(tmpdir(), 'aisafe-run-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Spins, ignores SIGTERM, and has started a program besides. */
const stubborn = smallSource({
  before: 'import signal, subprocess\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)',
  double: 'def double(x):\n    subprocess.Popen(["sleep", "317"])\n    while True: pass\n',
});

describe.skipIf(python === '')('running a lab', () => {
  it('gives each check what was printed in it, and tells of it once', async () => {
    const told: CheckResult[] = [];
    const source = smallSource({
      before: 'print("loading")',
      double: 'def double(x):\n    print("doubling")\n    return 2 * x\n',
      total: 'def total(x):\n    import sys\n    print("summing", file=sys.stderr)\n    return float(sum(x))\n',
    });
    const run = await gradeSmall(python, source, { onCheck: (check) => told.push(check) });
    expect(run.output).toEqual({ load: 'loading\n', left: 0 });
    expect(run.checks.map(({ output }) => output)).toEqual(['doubling\n', 'summing\n', '']);
    expect(told).toEqual(run.checks);
  });

  it('keeps the beginning and the end of a long output', async () => {
    const double = 'def double(x):\n    print("a" * 20_000 + "b" * 20_000, end="")\n    return 2 * x\n';
    const run = await gradeSmall(python, smallSource({ double }));
    expect(run.verdict).toBe('passed');
    expect(run.output.left).toBe(40_000 - 2 * 16 * 1024);
    expect(run.checks[0]?.output).toMatch(/^a{16384}\n… 7232 characters left out …\nb{16384}$/);
  });

  it('never passes a lab of which not every check was asked for', async () => {
    const run = await gradeSmall(python, smallSource({}), { only: ['norm'] });
    expect(run).toMatchObject({ verdict: 'not-yet', reason: null, fullRun: false });
    expect(statuses(run)).toBe('norm:pass');
  });

  it('never passes with shorter limits', async () => {
    expect(await gradeSmall(python, smallSource({}), { timeScale: 0.5 })).toMatchObject({ verdict: 'not-yet' });
    expect(await gradeSmall(python, smallSource({}), { timeScale: 2 })).toMatchObject({
      verdict: 'passed',
      timeScale: 2,
    });
  });

  it('works without a descriptor for events, as on Windows', async () => {
    const run = await gradeSmall(python, smallSource({}), { events: 'file' });
    expect(run).toMatchObject({ verdict: 'passed', reason: null });
    const crashed = await gradeSmall(
      python,
      smallSource({ double: 'import ctypes\ndouble = lambda x: ctypes.CDLL(None)._exit(0)\n' }),
      {
        events: 'file',
      },
    );
    expect(statuses(crashed)).toBe('double:crash total:pass norm:pass');
  });

  it('finds the line in a folder whose name is not ASCII', async () => {
    const folder = join(scratch, 'Übung 1 – 課題 🙂');
    mkdirSync(folder);
    const learnerFile = join(folder, 'small.py');
    writeFileSync(learnerFile, smallSource({ double: 'import ctypes\ndef double(x):\n    ctypes.string_at(0)\n' }));
    const run = await runLab({ lab: smallLab.lab, learnerFile, seed: 1, python, timeScale: 1 });
    expect(run.checks[0]).toMatchObject({
      status: 'crash',
      where: { file: learnerFile, line: 5, func: 'double', code: 'ctypes.string_at(0)' },
    });
  });

  it('leaves no compiled code beside the lab and the learner’s file', async () => {
    const folder = mkdtempSync(join(scratch, 'tidy-'));
    cpSync(smallLab.lab.path, join(folder, 'small'), { recursive: true });
    const lab = { path: join(folder, 'small'), lab: smallLab.lab.lab };
    mkdirSync(join(folder, 'work'));
    const learnerFile = join(folder, 'work', 'small.py');
    writeFileSync(join(folder, 'work', 'beside.py'), 'factor = 2\n');
    writeFileSync(learnerFile, smallSource({ before: 'import beside' }));
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: undefined };
    expect(await runLab({ lab, learnerFile, seed: 1, python, timeScale: 1, env })).toMatchObject({ verdict: 'passed' });
    const left = readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('__pycache__'));
    expect(left).toEqual([]);
  });

  it('says that the lab could not be checked when a grader is broken', async () => {
    const path = join(scratch, 'broken');
    cpSync(smallLab.lab.path, path, { recursive: true });
    writeFileSync(join(path, 'grader.py'), 'from aisafe_lab import check\n1 / 0\n');
    const lab = { path, lab: smallLab.lab.lab };
    expect(await gradeSmall(python, smallSource({}), { lab })).toMatchObject({
      verdict: 'could-not-check',
      reason: { code: 'GRADER_ERROR', message: expect.stringMatching(/ZeroDivisionError.*grader.py, line 2/) },
      checks: [],
    });
    writeFileSync(join(path, 'grader.py'), 'from aisafe_lab import check\n@check("a", "A")\ndef _(lab): 1 / 0\n');
    expect(await gradeSmall(python, smallSource({}), { lab })).toMatchObject({
      verdict: 'could-not-check',
      reason: { code: 'GRADER_ERROR' },
      checks: [{ id: 'a', status: 'grader_error' }],
    });
  });

  it('says that the lab could not be checked when NumPy cannot be imported', async () => {
    mkdirSync(join(scratch, 'modules'));
    writeFileSync(join(scratch, 'modules', 'numpy.py'), 'raise ImportError("wrong architecture")\n');
    const env = { ...process.env, PYTHONPATH: join(scratch, 'modules') };
    expect(await gradeSmall(python, smallSource({}), { env })).toMatchObject({
      verdict: 'could-not-check',
      reason: { code: 'NO_NUMPY', message: 'ImportError: wrong architecture' },
      python: null,
      checks: [],
    });
  });

  it('refuses a Python that cannot be started', async () => {
    const refused = gradeSmall(join(scratch, 'no-python'), smallSource({}));
    await expect(refused).rejects.toMatchObject({ code: 'ENVIRONMENT', hint: 'aisafe lab doctor' });
  });

  it.each([0, 60, 300, 1000])('gives what is known when it is called off after %i ms', async (after) => {
    const stop = new AbortController();
    const running = gradeSmall(python, stubborn, { signal: stop.signal, timeScale: 20 });
    await wait(after);
    const begun = performance.now();
    stop.abort();
    const run = await running;
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(run).toMatchObject({ verdict: 'could-not-check', reason: { code: 'INTERRUPTED' } });
    expect(processesWith(/sleep 317|aisafe-small-/)).toEqual([]);
  });

  it('leaves nothing running when Node is killed', { timeout: 60_000 }, async () => {
    const learnerFile = join(scratch, 'small.py');
    writeFileSync(learnerFile, stubborn.replace('317', '318'));
    const request = { lab: smallLab.lab, learnerFile, seed: 1, python, timeScale: 20 };
    const script = await bundle('run-lab');
    const call = `import(${JSON.stringify(script)}).then(({ runLab }) => runLab(${JSON.stringify(request)}))`;
    const node = spawn(process.execPath, ['-e', call], { stdio: 'inherit' });
    await until(() => processesWith(/sleep 318/).length > 0);
    node.kill('SIGKILL');
    await wait(1000);
    expect(
      processesWith(/sleep 318|_kit\/run\.py/).filter((line) => line.includes(scratch) || /318/.test(line)),
    ).toEqual([]);
  });

  it('leaves nothing running when Node exits meanwhile', { timeout: 60_000 }, async () => {
    const learnerFile = join(scratch, 'small.py');
    writeFileSync(learnerFile, stubborn.replace('317', '319'));
    const request = { lab: smallLab.lab, learnerFile, seed: 1, python, timeScale: 20 };
    const script = await bundle('run-lab');
    const call = `process.on('SIGUSR2', () => process.exit(3)); import(${JSON.stringify(script)}).then(({ runLab }) => runLab(${JSON.stringify(request)}))`;
    const node = spawn(process.execPath, ['-e', call], { stdio: 'inherit' });
    await until(() => processesWith(/sleep 319/).length > 0);
    node.kill('SIGUSR2');
    await wait(1000);
    expect(processesWith(/sleep 319/)).toEqual([]);
  });
});

describe.skipIf(python === '')('the self-test', () => {
  it('ends in every way, and times a product of matrices', async () => {
    const test = await runSelfTest({ python });
    expect(test).toMatchObject({ isSound: true, problems: [], matmulMs: expect.any(Number) });
  });

  it('suggests longer limits for slow computers only', () => {
    expect([null, 5, 150, 151, 400].map(suggestTimeScale)).toEqual([1, 1, 1, 1.5, 3]);
  });
});

/** A module of the sources as one file that Node can load by itself, next to the kit. */
async function bundle(name: string): Promise<string> {
  await build({
    logLevel: 'error',
    configFile: false,
    build: {
      ssr: `src/labs/${name}.ts`,
      outDir: join('node_modules', '.cache', 'lab-tests'),
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return join(process.cwd(), 'node_modules', '.cache', 'lab-tests', `${name}.mjs`);
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (holds()) return;
    await wait(50);
  }
  throw new Error('it never came to that');
}
