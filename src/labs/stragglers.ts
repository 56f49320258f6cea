import { readdir, readFile } from 'node:fs/promises';

/** Environment variable that tells the processes of one run from all others. */
export const runMarker = 'AISAFE_LAB_RUN';

/**
 * Kills what a run started and what has since left its process group, found by the run's mark in its environment. Works
 * where there is /proc; elsewhere such a process lives on until it ends by itself.
 */
export async function killStragglers(marker: string): Promise<void> {
  for (const pid of await processIds()) {
    if (!(await environmentOf(pid)).includes(`${runMarker}=${marker}`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
}

async function processIds(): Promise<readonly number[]> {
  try {
    const names = await readdir('/proc');
    return names.filter((name) => /^\d+$/.test(name)).map(Number);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

async function environmentOf(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/environ`, 'latin1');
  } catch (error) {
    // It has ended, or belongs to someone else.
    if (isSystemError(error)) return '';
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
