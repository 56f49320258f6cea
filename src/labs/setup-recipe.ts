import { join } from 'node:path';
import { oldestNumpy, type Probe } from '../core/lab/probe.js';
import { quoteWord } from '../core/text/quote-word.js';

/** One command, without a shell. */
export interface SetupStep {
  readonly command: string;
  readonly args: readonly string[];
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** How a Python comes to have NumPy. */
export type SetupRecipe =
  | {
      readonly type: 'run';
      readonly steps: readonly SetupStep[];
      /** Python to set with `aisafe config set python` afterwards; null: the one that was found stays the one. */
      readonly python: string | null;
      /** The same for a shell, in one line that can be pasted. */
      readonly text: string;
    }
  /** It takes rights that are not ours; the line can be pasted. */
  | { readonly type: 'by-hand'; readonly text: string };

export interface RecipeRequest {
  /** What the Python said of itself. */
  readonly probe: Probe;
  /** Folder for a virtual environment of our own. */
  readonly venv: string;
  /** Path of uv, when it is there: it does the same faster. */
  readonly uv: string | undefined;
  readonly platform: NodeJS.Platform;
}

const requirement = `numpy>=${oldestNumpy.join('.')}`;

/** The recipe for one Python, which is recent enough and lacks a NumPy that works. */
export function setupRecipe({ probe, venv, uv, platform }: RecipeRequest): SetupRecipe {
  const { executable } = probe;
  if (!probe.managed) return run(installSteps(executable, probe, uv), null);
  const inside = platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');
  if (uv !== undefined) {
    const create = { command: uv, args: ['venv', '--python', executable, venv], purpose: 'make a virtual environment' };
    return run([create, uvInstall(uv, inside)], inside);
  }
  if (!probe.ensurepip && platform === 'linux') {
    return { type: 'by-hand', text: 'sudo apt install python3-numpy' };
  }
  const create = { command: executable, args: ['-m', 'venv', venv], purpose: 'make a virtual environment' };
  return run([create, pipInstall(inside, [])], inside);
}

function installSteps(executable: string, probe: Probe, uv: string | undefined): readonly SetupStep[] {
  if (uv !== undefined && !probe.pip) return [uvInstall(uv, executable)];
  // Over a NumPy that is there and broken, pip would say that nothing is to be done.
  const install = pipInstall(executable, probe.numpyError === null ? [] : ['--force-reinstall']);
  if (probe.pip) return [install];
  return [{ command: executable, args: ['-m', 'ensurepip', '--upgrade'], purpose: 'install pip' }, install];
}

function pipInstall(python: string, options: readonly string[]): SetupStep {
  return { command: python, args: ['-m', 'pip', 'install', ...options, requirement], purpose: 'install NumPy' };
}

function uvInstall(uv: string, python: string): SetupStep {
  return { command: uv, args: ['pip', 'install', '--python', python, requirement], purpose: 'install NumPy' };
}

function run(steps: readonly SetupStep[], python: string | null): SetupRecipe {
  const lines = steps.map(({ command, args }) => [command, ...args].map(quoteWord).join(' '));
  if (python !== null) lines.push(`aisafe config set python ${quoteWord(python)}`);
  return { type: 'run', steps, python, text: lines.join(' && ') };
}

/**
 * How to come by a Python at all, for a shell.
 * @param hasProgram is there a program of this name on PATH?
 */
export function installPythonHint(platform: NodeJS.Platform, hasProgram: (name: string) => boolean): string {
  if (platform === 'win32') return 'winget install Python.Python.3.13';
  if (platform === 'darwin')
    return hasProgram('brew') ? 'brew install numpy' : 'Install Python from https://www.python.org/downloads/';
  const managers = {
    apt: 'sudo apt install python3-numpy',
    dnf: 'sudo dnf install python3-numpy',
    pacman: 'sudo pacman -S python-numpy',
    zypper: 'sudo zypper install python3-numpy',
    apk: 'sudo apk add py3-numpy',
  };
  const found = Object.entries(managers).find(([name]) => hasProgram(name));
  return found?.[1] ?? 'Install Python 3.9 or later with NumPy, from https://www.python.org/downloads/';
}
