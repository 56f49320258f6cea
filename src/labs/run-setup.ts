import { spawn } from 'node:child_process';
import type { Environment } from './python-environment.js';
import type { SetupStep } from './setup-recipe.js';

export type SetupResult =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly step: SetupStep; readonly message: string };

/**
 * Runs the commands of a recipe one after the other, until one fails. Their output is handed on as it comes.
 * @param signal stops the command that runs.
 */
export async function runSetup(
  steps: readonly SetupStep[],
  options: { readonly env: Environment; readonly signal: AbortSignal; readonly onOutput: (text: string) => void },
): Promise<SetupResult> {
  for (const step of steps) {
    const message = await runStep(step, options);
    if (message !== undefined) return { type: 'failed', step, message };
  }
  return { type: 'done' };
}

/** @returns what went wrong, or undefined. */
function runStep(
  { command, args }: SetupStep,
  { env, signal, onOutput }: Parameters<typeof runSetup>[1],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { env: { ...env }, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.once('error', (error) => resolve(error.name === 'AbortError' ? 'it was stopped' : error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : `it ended with code ${code}`));
  });
}
