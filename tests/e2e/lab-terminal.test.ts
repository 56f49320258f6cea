import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { baseFolder } from '../content/folders.js';
import { pythonForTests } from '../labs/python.js';
import { keys, openTerminal, tempHome } from './terminal.js';

const python = await pythonForTests();
const program = resolve('bin/aisafe.cjs');
const solution = readFileSync(join(baseFolder, 'labs/measure-slope/solution.py'), 'utf8');

/** A home in which the lab of the base curriculum was started and may run. */
function startedLab() {
  const home = tempHome();
  const env = { ...process.env, AISAFE_HOME: join(home, 'data') };
  const run = (...argv: string[]) =>
    execFileSync(process.execPath, [program, ...argv], { env, encoding: 'utf8', cwd: home });
  cpSync(baseFolder, join(home, 'base'), { recursive: true });
  run('curriculum', 'add', 'base', '--use');
  run('lab', 'start', 'measure-slope');
  const file = join(home, 'data', 'labs', 'measure-slope', 'slopes.py');
  return { home, env, run, file };
}

describe.skipIf(!python)('aisafe lab watch', () => {
  it('checks after each save, answers single keys, and stops at a pass', async () => {
    const { home, file } = startedLab();
    const screen = openTerminal(['lab', 'watch', '--trust'], { home });
    await screen.waitFor('Watching slopes.py');
    expect(screen.text()).toContain('0 of 2 functions written');
    screen.type('h');
    await screen.waitFor('1 of 3');
    writeFileSync(file, solution.replace('/ (2 * h)', '/ h'));
    await screen.waitFor('2 of 2 functions written');
    writeFileSync(file, solution);
    await screen.waitFor('Passed: nothing runs until you say so.');
    screen.type('q');
    expect(await screen.exit()).toBe(0);
  }, 90_000);

  it('says when it has to look again and again, and notices a save all the same', async () => {
    const { home, env, file } = startedLab();
    const polling = { ...env, TERM: 'xterm-256color', LANG: 'C.UTF-8', AISAFE_POLL: '1' };
    const screen = openTerminal(['lab', 'watch', '--trust'], { home, env: polling });
    await screen.waitFor('Changes are not reported here (as asked), so the file is looked at every second.');
    writeFileSync(file, solution);
    await screen.waitFor('Passed: nothing runs until you say so.');
    screen.type('q');
    expect(await screen.exit()).toBe(0);
  }, 90_000);

  it('ends at once on Ctrl-C, also in the middle of a run, and leaves nothing running', async () => {
    const { home, file } = startedLab();
    writeFileSync(file, 'import time\nopen("begun", "w").close()\ntime.sleep(311)\n');
    const screen = openTerminal(['lab', 'watch', '--trust'], { home });
    await screen.waitFor('Checking measure-slope');
    screen.type(keys.ctrlC);
    expect(await screen.exit()).toBe(130);
  }, 90_000);
});

describe.skipIf(!python)('aisafe lab check', () => {
  it('shows on Ctrl-C what had ended by then, and keeps nothing of it', async () => {
    const { home, run, file } = startedLab();
    run('config', 'set', 'lab-time-scale', '20');
    const spin = '    print("spinning")\n    open("begun", "w").close()\n    while True: pass\n';
    writeFileSync(file, solution.replace('    return abs(', `${spin}    return abs(`));
    const screen = openTerminal(['lab', 'check', 'measure-slope', '--trust'], { home });
    await vi.waitUntil(() => existsSync(join(dirname(file), 'begun')), { timeout: 20_000 });
    screen.type(keys.ctrlC);
    expect(await screen.exit()).toBe(130);
    await screen.waitFor('Stopped. Nothing of this run was kept.');
    const text = screen.text();
    expect(text).toMatch(/pass +slope-of-a-line/);
    expect(text).toContain('1 of 3 checks had ended; the rest was not run.');
    expect(text).not.toMatch(/error-size|halving|spinning/);
    expect(JSON.parse(run('lab', 'list', '--json')).data.labs[0].attempts).toBe(0);
  }, 90_000);

  it('ends in 130 within a second or two of an interrupt, with what is known', async () => {
    const { env, file } = startedLab();
    writeFileSync(file, `${solution}\nprint("loaded", flush=True)\nwhile True: pass\n`);
    const child = spawn(process.execPath, [program, 'lab', 'check', 'measure-slope', '--trust', '--json'], { env });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    await new Promise((done) => setTimeout(done, 4000));
    const begun = performance.now();
    child.kill('SIGINT');
    const code = await new Promise((done) => child.on('exit', done));
    expect(code).toBe(130);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(JSON.parse(out).error.code).toBe('INTERRUPTED');
  }, 60_000);
});
