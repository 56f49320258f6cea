import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Probe, probeProblem } from '../core/lab/probe.js';
import { type RememberedProbe, readProbeCache, type Stamp, writeProbeCache } from '../core/lab/probe-cache.js';
import type { PythonPlace } from './python-candidates.js';
import type { Environment } from './python-environment.js';
import { readRemembered, writeRemembered } from './remembered-file.js';

/** Answers of Pythons, remembered while the files they rest on stay as they are: asking costs 100 to 900 ms. */
export interface ProbeCache {
  find(place: PythonPlace, workspace: string): Probe | undefined;
  remember(place: PythonPlace, workspace: string, probe: Probe): void;
  /** Notes which one is used, for `lastUsable`. */
  choose(place: PythonPlace, workspace: string): void;
}

/** @param path of a JSON file; it need not be there, and losing it costs only time. */
export function openProbeCache(path: string, env: Environment): ProbeCache {
  let remembered = readProbeCache(readRemembered(path));
  const keyOf = (place: PythonPlace, workspace: string) =>
    // Version managers choose by folder and by variable.
    [place.command, ...place.args, workspace, env.PYENV_VERSION ?? '', env.PYTHONPATH ?? ''].join('\0');
  const putFirst = (entry: RememberedProbe) => {
    remembered = [entry, ...remembered.filter(({ key }) => key !== entry.key)];
    writeRemembered(path, writeProbeCache(remembered));
  };
  return {
    find: (place, workspace) => {
      const key = keyOf(place, workspace);
      const found = remembered.find((each) => each.key === key);
      return found?.stamps.every(isUnchanged) ? found.probe : undefined;
    },
    remember: (place, workspace, probe) => {
      const key = keyOf(place, workspace);
      const files = [place.command, probe.executable, ...(probe.numpyFile ? [probe.numpyFile] : []), ...choices(place)];
      const entry: RememberedProbe = { key, probe, stamps: [...new Set([...files, ...probe.folders])].map(stampOf) };
      putFirst(entry);
    },
    choose: (place, workspace) => {
      const entry = remembered.find(({ key }) => key === keyOf(place, workspace));
      if (entry && entry !== remembered.find(isUsable)) putFirst(entry);
    },
  };
}

/** The Python that was used last, while what is known of it is still good. */
export function lastUsable(path: string): string | undefined {
  const found = readProbeCache(readRemembered(path)).find(isUsable);
  return found?.stamps.every(isUnchanged) ? found.probe.executable : undefined;
}

function isUsable({ probe }: RememberedProbe): boolean {
  return probeProblem(probe) === undefined;
}

/** Files in which pyenv keeps the version to use, for a shim of it. */
function choices({ command }: PythonPlace): readonly string[] {
  const folder = dirname(command);
  return folder.endsWith('shims') ? [join(dirname(folder), 'version')] : [];
}

/** What is not there has a stamp too: it may come. */
function stampOf(path: string): Stamp {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { path, mtimeMs: stats?.mtimeMs ?? -1, size: stats?.size ?? -1 };
}

function isUnchanged(stamp: Stamp): boolean {
  const now = stampOf(stamp.path);
  return now.mtimeMs === stamp.mtimeMs && now.size === stamp.size;
}
