import { join } from 'node:path';
import type { Context } from '../../context.js';
import { localSettingValue } from '../../core/settings/settings.js';
import { AppError } from '../../errors.js';
import type { FindPythonRequest, UsablePython } from '../../labs/find-python.js';
import type { StartedGrader } from '../../labs/grader-process.js';
import type { Study } from '../lookup.js';
import { labFolder } from './place.js';

/** What is known of where Python may be. */
export function pythonRequest(context: Context, study: Study): FindPythonRequest {
  const setting = localSettingValue(study.progress.setting, 'python', study.store.device);
  return {
    env: context.env,
    setting: setting === '' ? undefined : setting,
    workspace: labFolder(context, study),
    cache: cachePath(context),
    venv: join(context.paths.home, 'venv'),
  };
}

function cachePath({ paths }: Context): string {
  return join(paths.home, 'python.json');
}

/**
 * Starts the Python that most likely grades, before the store is open, which knows the settings: it loads NumPy
 * meanwhile. Undefined when none is known yet.
 */
export async function startPythonAhead(context: Context): Promise<StartedGrader | undefined> {
  if (process.platform === 'win32') return undefined;
  const { lastUsable } = await import('../../labs/probe-cache.js');
  const python = lastUsable(cachePath(context));
  if (python === undefined) return undefined;
  const { startGrader } = await import('../../labs/grader-process.js');
  return startGrader({ python, env: context.env, channel: { type: 'descriptor' } });
}

/**
 * The Python that grades labs.
 * @throws AppError NO_PYTHON with what to paste when there is none.
 */
export async function findLabPython(context: Context, study: Study): Promise<UsablePython> {
  const { findPython } = await import('../../labs/find-python.js');
  const found = await findPython(pythonRequest(context, study));
  if (found.type === 'found') {
    if (found.note !== null) context.say(found.note);
    return found.python;
  }
  const { message, hint, candidates } = found;
  const looked = candidates.map(({ path, reason }) => ({ path, reason }));
  throw new AppError('NO_PYTHON', `${message} Nothing is said about your code. See also: aisafe lab doctor`, {
    hint,
    details: { candidates: looked },
  });
}

/** Factor on the time limits of checks. */
export function timeScale({ progress, store }: Study): number {
  const scale = Number(localSettingValue(progress.setting, 'lab-time-scale', store.device));
  return Number.isFinite(scale) ? Math.min(20, Math.max(1, scale)) : 1;
}
