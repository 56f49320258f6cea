import { realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Environment } from './python-environment.js';

/** Where a Python was looked for. */
export type PythonSource =
  | 'setting'
  | 'AISAFE_PYTHON'
  | 'VIRTUAL_ENV'
  | 'workspace .venv'
  | 'CONDA_PREFIX'
  | 'python3 on PATH'
  | 'python on PATH'
  | 'py launcher';

/** A Python that may be there, and how to call it. */
export interface PythonPlace {
  readonly source: PythonSource;
  /** As the learner would name it. */
  readonly path: string;
  readonly command: string;
  /** Words between the command and the arguments of Python. */
  readonly args: readonly string[];
  /** Is it the learner's explicit choice? Then no other is tried. */
  readonly isBinding: boolean;
}

export interface CandidateRequest {
  readonly env: Environment;
  /** The `python` setting: a path, a name on PATH, or `uv`. */
  readonly setting: string | undefined;
  /** Folder of the learner's labs. */
  readonly workspace: string;
  readonly platform?: NodeJS.Platform | undefined;
}

/** Every Python that may serve, best first. An explicit choice is the only one. */
export function listPythons(request: CandidateRequest): readonly PythonPlace[] {
  const { env, setting, workspace, platform = process.platform } = request;
  const chosen = setting ? (['setting', setting] as const) : (['AISAFE_PYTHON', env.AISAFE_PYTHON] as const);
  if (chosen[1]) return [chosenPython(chosen[0], chosen[1], request)];

  const isWindows = platform === 'win32';
  const within = (folder: string) =>
    isWindows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const places: PythonPlace[] = [];
  const add = (source: PythonSource, path: string, args: readonly string[] = []) => {
    places.push({ source, path: [path, ...args].join(' '), command: path, args, isBinding: false });
  };
  if (env.VIRTUAL_ENV) add('VIRTUAL_ENV', within(env.VIRTUAL_ENV));
  if (isFile(within(join(workspace, '.venv')))) add('workspace .venv', within(join(workspace, '.venv')));
  if (env.CONDA_PREFIX) {
    add('CONDA_PREFIX', isWindows ? join(env.CONDA_PREFIX, 'python.exe') : within(env.CONDA_PREFIX));
  }
  for (const name of ['python3', 'python'] as const) {
    for (const path of findOnPath(name, env, platform)) add(`${name} on PATH`, path);
  }
  if (isWindows) for (const path of findOnPath('py', env, platform)) add('py launcher', path, ['-3']);
  return withoutDoubles(places);
}

function chosenPython(source: PythonSource, chosen: string, request: CandidateRequest): PythonPlace {
  const { env, workspace, platform = process.platform } = request;
  if (chosen === 'uv') {
    const args = ['run', '--no-project', '--with', 'numpy', 'python'];
    const command = findOnPath('uv', env, platform)[0] ?? 'uv';
    return { source, path: 'uv', command, args, isBinding: true };
  }
  const home = env.HOME ?? env.USERPROFILE;
  const path = /^~[/\\]/.test(chosen) && home ? join(home, chosen.slice(2)) : chosen;
  const isName = !isAbsolute(path) && !/[/\\]/.test(path);
  const command = isName ? (findOnPath(path, env, platform)[0] ?? path) : resolve(workspace, path);
  return { source, path: command, command, args: [], isBinding: true };
}

/** Every file of this name on PATH that may be run, in order: the first is often a shim without NumPy. */
export function findOnPath(name: string, env: Environment, platform = process.platform): readonly string[] {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const names = platform === 'win32' && !/\.\w+$/.test(name) ? [`${name}.exe`, `${name}.bat`, `${name}.cmd`] : [name];
  return folders.flatMap((folder) => names.map((each) => join(folder, each)).filter((path) => isFile(path, platform)));
}

function isFile(path: string, platform = process.platform): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && (platform === 'win32' || (stats.mode & 0o111) !== 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/**
 * Drops what leads to the same file in the same folder (/bin and /usr/bin are often one). A link in another folder
 * stays: a virtual environment is a link to Python in a folder of its own.
 */
function withoutDoubles(places: readonly PythonPlace[]): readonly PythonPlace[] {
  const seen = new Set<string>();
  return places.filter(({ command, args }) => {
    const key = [realPath(join(command, '..')), realPath(command), ...args].join('\0');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path;
    throw error;
  }
}
