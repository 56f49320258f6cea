import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Probe } from '../../src/core/lab/probe.js';
import { type FindPythonRequest, findPython } from '../../src/labs/find-python.js';
import { lastUsable } from '../../src/labs/probe-cache.js';
import { pythonForTests } from './python.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aisafe-python-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const good: Probe = {
  executable: '/opt/python/bin/python3',
  version: '3.12.1',
  venv: false,
  conda: false,
  managed: false,
  ensurepip: true,
  pip: true,
  numpy: '2.0.1',
  numpyFile: null,
  numpyError: null,
  folders: [],
};
const bare: Partial<Probe> = { numpy: null };

/** A shell script in the place of Python; returns its path. Each call adds a line to `calls`. */
function script(path: string, body: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${path} >> '${root}/calls'\n${body}\n`, { mode: 0o755 });
  return file;
}

/** A stub that answers as this Python would; `executable` is its own path unless it says otherwise. */
function stub(path: string, probe: Partial<Probe> = {}): string {
  const answer = { ...good, executable: join(root, path), ...probe };
  return script(path, `echo 'a line of a sitecustomize'\necho 'aisafe-probe:${JSON.stringify(answer)}'`);
}

function find(request: Partial<FindPythonRequest> & { readonly path?: readonly string[] } = {}) {
  const { path = [], env = {}, ...rest } = request;
  return findPython({
    env: { HOME: join(root, 'home'), PATH: path.map((each) => join(root, each)).join(':'), ...env },
    setting: undefined,
    workspace: join(root, 'workspace'),
    platform: 'linux',
    ...rest,
  });
}

const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');

describe('looking for a Python', () => {
  it('takes the first on PATH that has NumPy, and says why not the ones before', async () => {
    stub('shims/python3', bare);
    stub('old/python3', { version: '3.8.10' });
    const path = stub('usr/python3');
    stub('late/python3');
    const found = await find({ path: ['shims', 'nowhere', 'old', 'usr', 'late'] });
    expect(found).toMatchObject({ type: 'found', python: { executable: path, source: 'python3 on PATH' }, note: null });
    expect(found.candidates.map(({ reason, isChosen }) => [reason, isChosen])).toEqual([
      ['Python 3.12.1 has no NumPy', false],
      ['Python 3.8.10 is too old: the labs need 3.9 or later', false],
      ['Python 3.12.1 with NumPy 2.0.1', true],
    ]);
  });

  it('looks at every python3 before it looks at any python', async () => {
    stub('a/python');
    const path = stub('b/python3');
    expect(await find({ path: ['a', 'b'] })).toMatchObject({ python: { executable: path } });
    rmSync(path);
    expect(await find({ path: ['a', 'b'] })).toMatchObject({ python: { source: 'python on PATH' } });
  });

  it('asks them all for a table', async () => {
    stub('a/python3');
    stub('b/python3');
    const { candidates } = await find({ path: ['a', 'b'], all: true });
    expect(candidates.map(({ isUsable, isChosen }) => [isUsable, isChosen])).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it('prefers the active virtual environment, then the workspace’s, then conda’s', async () => {
    stub('usr/python3');
    const conda = stub('conda/bin/python', { conda: true });
    const own = stub('workspace/.venv/bin/python', { venv: true });
    const active = stub('venv/bin/python', { venv: true });
    const env = { VIRTUAL_ENV: join(root, 'venv'), CONDA_PREFIX: join(root, 'conda') };
    for (const [executable, source] of [
      [active, 'VIRTUAL_ENV'],
      [own, 'workspace .venv'],
      [conda, 'CONDA_PREFIX'],
    ] as const) {
      expect(await find({ path: ['usr'], env: { PATH: join(root, 'usr'), ...env } })).toMatchObject({
        python: { executable, source },
      });
      rmSync(executable);
    }
  });

  it('says that it passed over the active environment', async () => {
    const used = stub('usr/python3');
    const active = stub('venv/bin/python', { ...bare, venv: true });
    const found = await find({ env: { PATH: join(root, 'usr'), VIRTUAL_ENV: join(root, 'venv') } });
    expect(found).toMatchObject({
      type: 'found',
      note: `Passed over your active virtual environment (${active}): Python 3.12.1 has no NumPy. Using ${used}.`,
    });
  });

  it('looks once at a folder that has two names', async () => {
    stub('usr/bin/python3', bare);
    symlinkSync(join(root, 'usr/bin'), join(root, 'bin'));
    symlinkSync(join(root, 'usr/bin/python3'), join(root, 'usr/bin/python'));
    expect((await find({ path: ['bin', 'usr/bin'] })).candidates).toHaveLength(1);
  });

  it('uses what a shim leads to', async () => {
    stub('shims/python3', { executable: '/home/me/.pyenv/versions/3.12.1/bin/python3' });
    const found = await find({ path: ['shims'] });
    expect(found).toMatchObject({ python: { executable: '/home/me/.pyenv/versions/3.12.1/bin/python3' } });
  });
});

describe('an explicit choice', () => {
  it('is the only one that is looked at: the setting before AISAFE_PYTHON', async () => {
    const chosen = stub('chosen/python3');
    const other = stub('other/python3');
    const env = { AISAFE_PYTHON: other, PATH: join(root, 'other') };
    expect(await find({ setting: chosen, env })).toMatchObject({ python: { executable: chosen, source: 'setting' } });
    expect(await find({ env })).toMatchObject({ python: { executable: other, source: 'AISAFE_PYTHON' } });
  });

  it('is refused when it is broken, even where another would do', async () => {
    stub('usr/python3');
    const setting = join(root, 'gone/python3');
    expect(await find({ path: ['usr'], setting })).toMatchObject({
      type: 'not-found',
      message: `The Python of your settings (${setting}) cannot grade labs: there is no such program.`,
      hint: 'aisafe config unset python',
      candidates: [{ source: 'setting' }],
    });
    const env = { AISAFE_PYTHON: stub('bare/python3', bare), PATH: join(root, 'usr') };
    expect(await find({ env })).toMatchObject({
      type: 'not-found',
      hint: `${env.AISAFE_PYTHON} -m pip install 'numpy>=1.22'`,
    });
  });

  it('may be a name on PATH, or begin with a tilde', async () => {
    const named = stub('usr/python3.12');
    expect(await find({ path: ['usr'], setting: 'python3.12' })).toMatchObject({ python: { executable: named } });
    const tilde = stub('home/py/bin/python');
    expect(await find({ setting: '~/py/bin/python' })).toMatchObject({ python: { executable: tilde } });
  });

  it('may be uv, which brings NumPy along', async () => {
    script(
      'usr/uv',
      `[ "$1 $2 $3 $4 $5" = "run --no-project --with numpy python" ] && echo 'aisafe-probe:${JSON.stringify(good)}'`,
    );
    expect(await find({ path: ['usr'], setting: 'uv' })).toMatchObject({
      python: { executable: '/opt/python/bin/python3', source: 'setting' },
    });
  });
});

describe('a Python that does not answer', () => {
  it.each([
    ['exit 3', 'it ended with exit code 3'],
    ['echo "Segmentation fault" >&2; exit 139', 'it ended with exit code 139: Segmentation fault'],
    [
      'echo "Python was not found; run without arguments to install from the Microsoft Store"; exit 49',
      'a placeholder of the Microsoft Store, not Python',
    ],
    ['echo hello', 'it does not answer as Python does: hello'],
    ['echo "aisafe-probe:{}"', 'it does not answer as Python does: aisafe-probe:{}'],
  ])('is told by what it did: %s', async (body, reason) => {
    script('usr/python3', body);
    expect((await find({ path: ['usr'] })).candidates).toMatchObject([{ isUsable: false, reason }]);
  });
});

describe('the way out', () => {
  const recipe = async (probe: Partial<Probe>, more: Partial<FindPythonRequest> & { path?: string[] } = {}) => {
    const path = stub('usr/python3', { ...bare, ...probe });
    const found = await find({ path: ['usr'], ...more });
    if (found.type === 'found') throw new Error('unexpected');
    return { ...found, path };
  };

  it('is pip for a Python that may be changed', async () => {
    const { message, hint, path } = await recipe({});
    expect(message).toBe(
      `No Python on this computer can grade labs yet. The nearest is ${path}: Python 3.12.1 has no NumPy.`,
    );
    expect(hint).toBe(`${path} -m pip install 'numpy>=1.22'`);
  });

  it('is a virtual environment where the system forbids pip', async () => {
    const { hint, path, recipe: found } = await recipe({ managed: true });
    const venv = join(root, 'home/.aisafe/venv');
    expect(hint).toBe(
      `${path} -m venv ${venv} && ${venv}/bin/python -m pip install 'numpy>=1.22' && ` +
        `aisafe config set python ${venv}/bin/python`,
    );
    expect(found).toMatchObject({ type: 'run', python: `${venv}/bin/python`, steps: [{ command: path }, {}] });
  });

  it('is the system’s package where virtual environments cannot be made either', async () => {
    const { hint, recipe: found } = await recipe({ managed: true, ensurepip: false });
    expect(hint).toBe('sudo apt install python3-numpy');
    expect(found?.type).toBe('by-hand');
  });

  it('is uv where there is one, for an environment of our own and for one without pip', async () => {
    const uv = script('usr/uv', '');
    const { hint, path } = await recipe({ managed: true }, { venv: '/data/my venv' });
    expect(hint).toBe(
      `${uv} venv --python ${path} '/data/my venv' && ` +
        `${uv} pip install --python '/data/my venv/bin/python' 'numpy>=1.22' && ` +
        "aisafe config set python '/data/my venv/bin/python'",
    );
    const without = await recipe({ venv: true, pip: false });
    expect(without.hint).toBe(`${uv} pip install --python ${without.path} 'numpy>=1.22'`);
  });

  it('installs pip first where it is missing', async () => {
    const { hint, path } = await recipe({ pip: false });
    expect(hint).toBe(`${path} -m ensurepip --upgrade && ${path} -m pip install 'numpy>=1.22'`);
  });

  it('shows the last line of the error of a broken NumPy, and installs it anew', async () => {
    const { hint, message, path } = await recipe({ numpyError: 'wrong ELF class: ELFCLASS32' });
    expect(message).toContain('Python 3.12.1 has a NumPy that cannot be imported: wrong ELF class: ELFCLASS32');
    expect(hint).toBe(`${path} -m pip install --force-reinstall 'numpy>=1.22'`);
  });

  it('brings an old NumPy up to date', async () => {
    const { message } = await recipe({ numpy: '1.19.5' });
    expect(message).toContain('NumPy 1.19.5 is too old: the labs need 1.22 or later');
  });

  it('is the package manager’s where there is no Python at all', async () => {
    script('usr/dnf', '');
    expect(await find({ path: ['usr'] })).toMatchObject({ hint: 'sudo dnf install python3-numpy', candidates: [] });
    expect(await find({ platform: 'win32' })).toMatchObject({ hint: 'winget install Python.Python.3.13' });
  });
});

describe('what is remembered', () => {
  it('tells which one was used last, until something about it changes', async () => {
    const cache = join(root, 'python.json');
    const first = stub('a/python3');
    const second = stub('b/python3');
    stub('shims/python3', bare);
    const last: (string | undefined)[] = [lastUsable(cache)];
    for (const path of [
      ['shims', 'a'],
      ['shims', 'b'],
      ['shims', 'a'],
    ]) {
      await find({ path, cache });
      last.push(lastUsable(cache));
    }
    expect(last).toEqual([undefined, first, second, first]);
    utimesSync(first, 1, 1);
    expect(lastUsable(cache)).toBeUndefined();
  });

  it('is asked for again only when something changed', async () => {
    const library = join(root, 'lib');
    mkdirSync(library);
    stub('shims/python3', { ...bare, folders: [library, join(root, 'user-site')] });
    const used = stub('usr/python3');
    const cache = join(root, 'cache', 'python.json');
    const look = () => find({ path: ['shims', 'usr'], cache });
    expect(await look()).toMatchObject({ python: { executable: used } });
    expect(await look()).toMatchObject({ python: { executable: used } });
    expect(calls()).toEqual(['shims/python3', 'usr/python3']);
    // NumPy comes to the first: a folder that it imports from changes, or comes to be.
    stub('shims/python3', { folders: [library] });
    utimesSync(library, 1, 1);
    expect(await look()).toMatchObject({ python: { executable: join(root, 'shims/python3') } });
    expect(calls()).toHaveLength(3);
  });

  it('is no matter when the file is damaged or cannot be written', async () => {
    stub('usr/python3');
    const cache = join(root, 'cache');
    writeFileSync(cache, '{"version":1,"remembered":[{"key":3}]}');
    expect(await find({ path: ['usr'], cache })).toMatchObject({ type: 'found' });
    expect(await find({ path: ['usr'], cache: join(cache, 'below') })).toMatchObject({ type: 'found' });
  });
});

const real = await pythonForTests();

describe.skipIf(real === undefined)('the real Python', () => {
  it('answers, and is not misled by modules of the learner', async () => {
    mkdirSync(join(root, 'workspace'));
    for (const name of ['numpy', 'json', 'sysconfig']) {
      writeFileSync(join(root, 'workspace', `${name}.py`), 'raise RuntimeError("the learner’s")');
    }
    const found = await findPython({ env: process.env, setting: real, workspace: join(root, 'workspace') });
    expect(found).toMatchObject({ type: 'found', python: { numpy: expect.stringMatching(/^\d+\.\d+/) } });
  });

  it('says what is wrong with a NumPy that is half there', async () => {
    mkdirSync(join(root, 'modules', 'numpy'), { recursive: true });
    const init = join(root, 'modules', 'numpy', '__init__.py');
    const env = { ...process.env, PYTHONPATH: join(root, 'modules') };
    const reason = async () =>
      (await findPython({ env, setting: real, workspace: root })).candidates.map((each) => each.reason);
    writeFileSync(init, 'raise ImportError("PLEASE READ THIS\\n\\nOriginal error was: no _multiarray_umath\\n\\nbye")');
    expect(await reason()).toEqual([
      expect.stringMatching(/has a NumPy that cannot be imported: Original error was: no _multiarray_umath$/),
    ]);
    writeFileSync(init, '');
    expect(await reason()).toEqual([expect.stringMatching(/cannot be imported: .*__version__/)]);
  });
});
