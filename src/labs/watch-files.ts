import { type FSWatcher, readFileSync, unwatchFile, watch, watchFile } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './package-hash.js';

export interface FileWatch {
  close(): void;
}

export interface WatchRequest {
  readonly folder: string;
  /** Names of the files that count. */
  readonly names: readonly string[];
  /** Called when their content has changed. */
  readonly onChange: () => void;
  /** Called once when the operating system tells of no changes, and the files are looked at again and again instead. */
  readonly onPolling: (reason: string) => void;
  /** Asks for looking again and again from the start. */
  readonly poll?: boolean;
}

/** An editor writes a file in several steps. */
const settleMs = 120;
const pollMs = 700;

/**
 * Tells of changes of content: a save that changes nothing, and the several events of one save, are passed over. The
 * folder is watched and not the files, since editors put a new file in the place of the old.
 */
export function watchFiles({ folder, names, onChange, onPolling, poll = false }: WatchRequest): FileWatch {
  let known = contentOf(folder, names);
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let isPolling = false;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const content = contentOf(folder, names);
      // While an editor puts the new file in place there is none for a moment.
      if (content === undefined || content === known) return;
      known = content;
      onChange();
    }, settleMs);
  };
  const startPolling = (reason: string) => {
    if (isPolling) return;
    isPolling = true;
    watcher?.close();
    for (const name of names) watchFile(join(folder, name), { interval: pollMs }, look);
    onPolling(reason);
  };
  if (poll) startPolling('as asked');
  else {
    try {
      watcher = watch(folder, (_event, name) => {
        if (name === null || names.includes(name)) look();
      });
      watcher.on('error', (error) => startPolling(error.message));
    } catch (error) {
      startPolling(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    close: () => {
      clearTimeout(timer);
      watcher?.close();
      if (isPolling) for (const name of names) unwatchFile(join(folder, name), look);
    },
  };
}

function contentOf(folder: string, names: readonly string[]): string | undefined {
  try {
    return hashOf(names.map((name) => [name, readFileSync(join(folder, name))] as const));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
