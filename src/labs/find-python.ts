import { homedir } from 'node:os';
import { join } from 'node:path';
import { isOlder, oldestPython, type Probe, probeProblem } from '../core/lab/probe.js';
import { openProbeCache, type ProbeCache } from './probe-cache.js';
import { probePython } from './probe-python.js';
import { findOnPath, listPythons, type PythonPlace, type PythonSource } from './python-candidates.js';
import type { Environment } from './python-environment.js';
import { installPythonHint, type SetupRecipe, setupRecipe } from './setup-recipe.js';

export interface FindPythonRequest {
  readonly env: Environment;
  /** The `python` setting: a path, a name on PATH, or `uv`. */
  readonly setting: string | undefined;
  /** Folder of the learner's labs. */
  readonly workspace: string;
  /** Path of a JSON file that answers are remembered in. */
  readonly cache?: string | undefined;
  /** Where a recipe may make a virtual environment; left out: ~/.aisafe/venv. */
  readonly venv?: string | undefined;
  /** Asks every Python, also after one that will do: for a table of them all. */
  readonly all?: boolean | undefined;
  readonly platform?: NodeJS.Platform | undefined;
}

/** A Python that was looked at. */
export interface PythonCandidate {
  readonly source: PythonSource;
  /** As it was found. */
  readonly path: string;
  /** As it calls itself, shims and links resolved; null when it gave no answer. */
  readonly executable: string | null;
  readonly version: string | null;
  readonly numpy: string | null;
  readonly isUsable: boolean;
  readonly isChosen: boolean;
  /** Why it was taken or not, without a full stop. */
  readonly reason: string;
  /** How it comes to have NumPy, when that is all it lacks. */
  readonly recipe: SetupRecipe | null;
}

export interface UsablePython {
  readonly source: PythonSource;
  readonly executable: string;
  readonly version: string;
  readonly numpy: string;
}

export type PythonFound =
  | {
      readonly type: 'found';
      readonly python: UsablePython;
      readonly candidates: readonly PythonCandidate[];
      /** A sentence when an environment that the learner is in was passed over. */
      readonly note: string | null;
    }
  | {
      readonly type: 'not-found';
      /** What is the matter, in a sentence. */
      readonly message: string;
      /** A line to paste. */
      readonly hint: string;
      readonly recipe: SetupRecipe | null;
      readonly candidates: readonly PythonCandidate[];
    };

/** Environments that the learner has chosen to be in, with their names in a sentence. */
const active: Partial<Record<PythonSource, string>> = {
  VIRTUAL_ENV: 'your active virtual environment',
  'workspace .venv': 'the .venv of your labs',
  CONDA_PREFIX: 'your active conda environment',
};

/**
 * The Python that labs are graded with. An explicit choice (the setting, AISAFE_PYTHON) is taken or refused; else the
 * first is taken that has what the labs need.
 */
export async function findPython(request: FindPythonRequest): Promise<PythonFound> {
  const cache = request.cache === undefined ? undefined : openProbeCache(request.cache, request.env);
  const candidates: PythonCandidate[] = [];
  let chosen: UsablePython | undefined;
  for (const place of listPythons(request)) {
    const candidate = await lookAt(place, request, cache, chosen === undefined);
    candidates.push(candidate);
    if (chosen) continue;
    chosen = asUsable(candidate);
    if (chosen) cache?.choose(place, request.workspace);
    if (chosen && !request.all) break;
  }
  if (chosen) return { type: 'found', python: chosen, candidates, note: passedOver(candidates, chosen) };
  return notFound(request, candidates);
}

async function lookAt(
  place: PythonPlace,
  request: FindPythonRequest,
  cache: ProbeCache | undefined,
  isWanted: boolean,
): Promise<PythonCandidate> {
  const { source, path } = place;
  const remembered = cache?.find(place, request.workspace);
  const result = remembered
    ? ({ type: 'answered', probe: remembered } as const)
    : await probePython(place, request.workspace, request.env);
  if (result.type === 'silent') {
    const nothing = { executable: null, version: null, numpy: null, recipe: null };
    return { source, path, ...nothing, isUsable: false, isChosen: false, reason: result.reason };
  }
  const { probe } = result;
  const { executable, version, numpy } = probe;
  const problem = probeProblem(probe);
  if (!remembered) cache?.remember(place, request.workspace, probe);
  const recipe = problem === undefined || isOlder(version, oldestPython) ? null : recipeFor(probe, request);
  return {
    source,
    path,
    executable,
    version,
    numpy,
    isUsable: problem === undefined,
    isChosen: problem === undefined && isWanted,
    reason: problem ?? `Python ${version} with NumPy ${numpy}${isWanted ? '' : ', after the one that is used'}`,
    recipe,
  };
}

function recipeFor(probe: Probe, { env, venv, platform = process.platform }: FindPythonRequest): SetupRecipe {
  return setupRecipe({
    probe,
    venv: venv ?? join(env.HOME ?? homedir(), '.aisafe', 'venv'),
    uv: findOnPath('uv', env, platform)[0],
    platform,
  });
}

function asUsable({ isUsable, source, executable, version, numpy }: PythonCandidate): UsablePython | undefined {
  if (!isUsable || executable === null || version === null || numpy === null) return undefined;
  return { source, executable, version, numpy };
}

function passedOver(candidates: readonly PythonCandidate[], { executable }: UsablePython): string | null {
  const skipped = candidates.find(({ source, isUsable }) => active[source] !== undefined && !isUsable);
  if (!skipped) return null;
  return `Passed over ${active[skipped.source]} (${skipped.path}): ${skipped.reason}. Using ${executable}.`;
}

function notFound(request: FindPythonRequest, candidates: readonly PythonCandidate[]): PythonFound {
  const [first] = candidates;
  const isBinding = first?.source === 'setting' || first?.source === 'AISAFE_PYTHON';
  const mendable = candidates.find(({ recipe }) => recipe !== null);
  const recipe = mendable?.recipe ?? null;
  if (first && isBinding) {
    const [what, undo] =
      first.source === 'setting'
        ? [`The Python of your settings (${first.path})`, 'aisafe config unset python']
        : [`The Python that AISAFE_PYTHON names (${first.path})`, 'unset AISAFE_PYTHON'];
    const message = `${what} cannot grade labs: ${first.reason}.`;
    return { type: 'not-found', message, hint: recipe?.text ?? undo, recipe, candidates };
  }
  const message = mendable
    ? `No Python on this computer can grade labs yet. The nearest is ${mendable.executable}: ${mendable.reason}.`
    : 'There is no Python on this computer that can grade labs: Python 3.9 or later with NumPy 1.22 or later.';
  const { env, platform = process.platform } = request;
  const hint = recipe?.text ?? installPythonHint(platform, (name) => findOnPath(name, env, platform).length > 0);
  return { type: 'not-found', message, hint, recipe, candidates };
}
