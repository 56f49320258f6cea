import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Environment variable that tells the processes of one run from all others. */
export const runMarker = 'AISAFE_LAB_RUN';

/**
 * Kills what a run started and what has since left its process group, found by the run's mark in its environment. Works
 * where there is /proc; elsewhere such a process lives on until it ends by itself.
 */
export function killStragglers(marker: string): void {
  for (const pid of processIds()) {
    if (!environmentOf(pid).includes(`${runMarker}=${marker}`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
}

function processIds(): readonly number[] {
  try {
    const names = readdirSync('/proc');
    return names.filter((name) => /^\d+$/.test(name)).map(Number);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

function environmentOf(pid: number): string {
  try {
    // Being refused takes longer than asking whose it is.
    const isOwn = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid === process.getuid?.();
    return isOwn ? readFileSync(`/proc/${pid}/environ`, 'latin1') : '';
  } catch (error) {
    // It has ended meanwhile.
    if (isSystemError(error)) return '';
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
