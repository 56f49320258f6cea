/** The process edge: signals, pipes that close, the exit code. Nothing else touches the process. */
import { ExitCode } from './errors.js';
import { run } from './run.js';

// A reader that has seen enough (`| head -1`) is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? ExitCode.ok);
  });
}

// Every answer is committed when it is given, so there is nothing to save here.
process.on('SIGINT', () => {
  process.stderr.write('\nStopped. Everything saved so far is kept.\n');
  process.exit(ExitCode.interrupted);
});

void run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
}).then((code) => {
  process.exitCode = code;
});
