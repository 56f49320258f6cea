/** The process edge: signals, pipes that close, the exit code. Nothing else touches the process. */
import { writeSync } from 'node:fs';
import { ExitCode } from './errors.js';
import { type Output, plainOutput } from './platform/plain-output.js';
import { asksForVersion, versionText } from './version.js';

let output: Output | undefined;
const interruptListeners = new Set<() => void>();

// Ctrl-C, a polite request to end, a terminal that is closed. Every answer is committed when it is given, so there is
// nothing to save here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const listeners = [...interruptListeners];
    interruptListeners.clear();
    if (listeners.length > 0) {
      for (const listener of listeners) listener();
      return;
    }
    endQuietly(process.stderr).write('\nStopped. Everything saved so far is kept.\n');
    process.exit(ExitCode.interrupted);
  });
}

const argv = process.argv.slice(2);
if (asksForVersion(argv)) openOutput().write(versionText);
else void start();

async function start(): Promise<void> {
  const { run } = await import('./run.js');
  // Node makes a standard stream when it is first looked at, which takes a few milliseconds each: hence the getters.
  process.exitCode = await run(argv, {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return openOutput();
    },
    get stderr() {
      return endQuietly(process.stderr);
    },
    env: process.env,
    cwd: workingFolder(),
    onInterrupt: (listener) => {
      interruptListeners.add(listener);
      return () => interruptListeners.delete(listener);
    },
  });
}

function openOutput(): Output {
  const open = () => endQuietly(process.stdout);
  output ??= plainOutput(1, open) ?? open();
  return output;
}

/** Where the program was started. The folder may have been deleted since; its name is then all that is left of it. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env.PWD ?? '/';
  }
}

/** A reader that has seen enough (`| head -1`) is not an error, nor is a terminal that is gone. A full disk is one. */
function endQuietly<S extends NodeJS.WriteStream>(stream: S): S {
  if (stream.listenerCount('error', stopWriting) === 0) stream.on('error', stopWriting);
  return stream;
}

function stopWriting(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(process.exitCode ?? ExitCode.ok);
  try {
    writeSync(
      2,
      `The output could not be written: ${error.message}.\nWhat was saved is kept. Free some space, then run the command again.\n`,
    );
  } catch {
    // There is nobody to tell.
  }
  process.exit(ExitCode.store);
}
