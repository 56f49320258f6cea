import { findPython } from '../../src/labs/find-python.js';

/**
 * A Python with NumPy for tests that need one. Where there is none such tests are skipped, except in CI, where they
 * must fail: there a missing NumPy is a fault of the machine's setup.
 */
export async function pythonForTests(): Promise<string | undefined> {
  const found = await findPython({ env: process.env, setting: undefined, workspace: process.cwd() });
  if (found.type === 'found') return found.python.executable;
  if (process.env.CI === 'true') throw new Error(`${found.message} ${found.hint}`);
  process.stderr.write(`Tests of labs are skipped: ${found.message} ${found.hint}\n`);
  return undefined;
}
