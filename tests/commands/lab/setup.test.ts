import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../helpers/cli.js';
import { createLabCli } from './lab-cli.js';

/**
 * The program on a computer whose only Python is a shell script. It has NumPy once its pip was asked for it, and notes
 * what else it was asked for; nothing is loaded from anywhere.
 */
function withStub({ managed = false, failing = false } = {}) {
  const cli = createLabCli();
  const folder = join(cli.home, 'bin');
  const python = join(folder, 'python3');
  const calls = join(cli.home, 'calls');
  const probe = { version: '3.12.1', conda: false, ensurepip: true, pip: true, numpyFile: null, numpyError: null };
  mkdirSync(folder);
  writeFileSync(
    python,
    `#!/bin/sh
PATH=/usr/bin:/bin
here=$(dirname "$0")
numpy=null; test -f "$here/numpy" && numpy='"2.0.1"'
venv=false; managed=${managed}
case "$0" in */venv/*) venv=true; managed=false ;; esac
if [ "$1" = -c ]; then
  echo "aisafe-probe:{\\"executable\\":\\"$0\\",\\"venv\\":$venv,\\"managed\\":$managed,\\"numpy\\":$numpy,\\"folders\\":[\\"$here/numpy\\"],"'${JSON.stringify(probe).slice(1)}'
  exit
fi
echo "$*" >> '${calls}'
${failing ? 'echo "no way out"; exit 1' : ''}
if [ "$2" = pip ]; then touch "$here/numpy"; fi
if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
`,
  );
  chmodSync(python, 0o755);
  const env = { PATH: folder };
  return {
    python,
    setup: (words: readonly string[] = [], options: RunOptions = {}) =>
      cli.run(['lab', 'setup', ...words], { env, ...options }),
    run: (...words: readonly string[]) => cli.run(words, { env }),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
    venv: join(cli.home, 'venv'),
  };
}

describe('aisafe lab setup', () => {
  it('shows what it would run and asks first; a no changes nothing', async () => {
    const { python, setup, calls } = withStub();
    const { exitCode, stderr } = await setup([], { tty: true, answers: [false], columns: 200 });
    expect(exitCode).toBe(7);
    expect(stderr).toContain('load from the internet');
    expect(stderr).toContain(`${python} -m pip install numpy>=1.22`);
    expect(stderr).toContain('Nothing was changed.');
    expect(calls()).toEqual([]);
  });

  it.each([
    { how: 'with --no-input', words: ['--no-input'], options: { tty: true } },
    { how: 'without a terminal', words: [], options: {} },
  ])('names the option that answers $how, and runs nothing', async ({ words, options }) => {
    const { python, setup, calls } = withStub();
    const { exitCode, stderr } = await setup(words, { ...options, columns: 200 });
    expect(exitCode).toBe(6);
    expect(stderr).toContain(`${python} -m pip install numpy>=1.22`);
    expect(stderr).toContain('aisafe lab setup --yes');
    const { json } = await setup([...words, '--json'], options);
    expect(json.error.code).toBe('NEEDS_TERMINAL');
    expect(calls()).toEqual([]);
  });

  it('runs it after a yes, looks again, and has nothing to do the second time', async () => {
    const { python, setup, calls } = withStub();
    const first = await setup([], { tty: true, answers: [true] });
    expect([first.exitCode, calls()]).toEqual([0, ['-m pip install numpy>=1.22']]);
    const second = await setup(['--json']);
    expect(second.json.data).toMatchObject({ changed: false, python: { executable: python }, steps: [] });
    expect(calls()).toHaveLength(1);
  });

  it('makes an environment of its own where the system forbids changing Python, and keeps it as the setting', async () => {
    const { setup, run, calls, venv } = withStub({ managed: true });
    const { json } = await setup(['--yes', '--json']);
    expect(json.data).toMatchObject({ changed: true, python: { executable: join(venv, 'bin', 'python') } });
    expect(calls()).toEqual([`-m venv ${venv}`, '-m pip install numpy>=1.22']);
    const setting = await run('config', 'get', 'python', '--json');
    expect(JSON.stringify(setting.json.data)).toContain(join(venv, 'bin', 'python'));
  });

  it('says which step failed, with what it printed', async () => {
    const { setup, calls } = withStub({ failing: true });
    const { exitCode, stderr } = await setup(['--yes']);
    expect(exitCode).toBe(7);
    expect(stderr).toContain('no way out');
    expect(stderr).toContain('The step “install NumPy” failed: it ended with code 1.');
    expect(calls()).toHaveLength(1);
  });
});
