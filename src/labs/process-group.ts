import { type ChildProcess, spawnSync } from 'node:child_process';

/** A child process with everything it started. */
export interface ProcessGroup {
  /** Asks everything in the group to end. */
  terminate(): void;
  /** Ends everything in the group at once; what has ended already is no error. */
  kill(): void;
  /** No longer kills the group when this process ends. */
  release(): void;
}

/**
 * The group that a child leads; it must have been spawned with `detached`. Killing the child alone would leave what it
 * started, and that would hold its pipes open. The group is killed too when this process exits before it is released.
 */
export function processGroup(child: ChildProcess, platform = process.platform): ProcessGroup {
  const signal = (name: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid === undefined) return;
    if (platform === 'win32') {
      // Windows has no groups that can be signalled; taskkill walks the tree.
      spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
      return;
    }
    try {
      process.kill(-child.pid, name);
    } catch (error) {
      // ESRCH: all gone. EPERM: macOS says so of a group in which only zombies are left.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  };
  const kill = () => signal('SIGKILL');
  process.on('exit', kill);
  return { terminate: () => signal('SIGTERM'), kill, release: () => process.off('exit', kill) };
}
