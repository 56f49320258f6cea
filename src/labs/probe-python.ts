import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { type Probe, probeScript, readProbe } from '../core/lab/probe.js';
import type { PythonPlace } from './python-candidates.js';
import type { Environment } from './python-environment.js';

export type ProbeResult =
  | { readonly type: 'answered'; readonly probe: Probe }
  /** It did not answer as a Python does; says why. */
  | { readonly type: 'silent'; readonly reason: string };

/** NumPy's first import from a slow disk takes many seconds. */
const patienceMs = 30_000;

/** Asks one Python what it is. */
export function probePython(place: PythonPlace, folder: string, env: Environment): Promise<ProbeResult> {
  const options = {
    env: definedOnly(env),
    // Version managers choose by the folder they are called in.
    cwd: isFolder(folder) ? folder : undefined,
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    windowsHide: true,
    maxBuffer: 1024 * 1024,
  } as const;
  return new Promise((done) => {
    const child = execFile(place.command, [...place.args, '-c', probeScript], options, (error, stdout, stderr) => {
      const probe = readProbe(stdout);
      if (probe) done({ type: 'answered', probe: { ...probe, executable: probe.executable || place.command } });
      else done({ type: 'silent', reason: whySilent(error, `${stdout}\n${stderr}`) });
    });
    // A placeholder may have gone before it could be written to.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
}

function whySilent(error: Error | null, output: string): string {
  const code = error && 'code' in error ? error.code : undefined;
  if (code === 9009 || /Microsoft Store/i.test(output)) return 'a placeholder of the Microsoft Store, not Python';
  if (code === 'ENOENT') return 'there is no such program';
  if (code === 'EACCES') return 'it may not be run: permission denied';
  if (code === 'ENOEXEC' || code === 'UNKNOWN') return 'it is no program for this computer';
  if (error && 'killed' in error && error.killed) return `it did not answer within ${patienceMs / 1000} s`;
  const last = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1);
  const said = last === undefined ? '' : `: ${last.slice(0, 300)}`;
  if (typeof code === 'number') return `it ended with exit code ${code}${said}`;
  return code === undefined ? `it does not answer as Python does${said}` : `it cannot be run (${code})`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function definedOnly(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
