import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { onTestFinished } from 'vitest';

const program = resolve('bin/aisafe.cjs');
const patienceMs = 20_000;

export interface Screen {
  readonly home: string;
  readonly pid: number;
  /** What is on the screen, lines right-trimmed. */
  text(): string;
  /** Resolves when the text is on the screen; fails with the screen as it is. */
  waitFor(text: string): Promise<void>;
  type(keys: string): void;
  kill(signal: string): void;
  /** The exit code, once it has ended. */
  exit(): Promise<number>;
}

export const keys = { enter: '\r', down: '\u001b[B', ctrlC: '\u0003', space: ' ' } as const;

export function tempHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'aisafe-e2e-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** The real program in a real pseudo-terminal, watched through a terminal emulator. */
export function openTerminal(argv: readonly string[], { home = tempHome(), columns = 80, rows = 40 } = {}): Screen {
  const emulator = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const child: IPty = spawn(process.execPath, [program, ...argv], {
    cols: columns,
    rows,
    cwd: home,
    env: {
      ...process.env,
      AISAFE_HOME: join(home, 'data'),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      NO_COLOR: undefined,
      CI: undefined,
    },
  });
  child.onData((data) => emulator.write(data));
  const ended = new Promise<number>((done) => child.onExit(({ exitCode }) => done(exitCode)));
  onTestFinished(() => {
    try {
      child.kill('SIGKILL');
    } catch {
      // It has ended already.
    }
  });
  const text = () => {
    const buffer = emulator.buffer.active;
    return Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '')
      .join('\n')
      .trimEnd();
  };
  return {
    home,
    pid: child.pid,
    text,
    waitFor: async (wanted) => {
      const until = Date.now() + patienceMs;
      // Words may stand on two lines when the screen is narrow.
      const seen = () => text().replace(/\s+/g, ' ').includes(wanted);
      while (!seen()) {
        if (Date.now() > until) throw new Error(`“${wanted}” never came; the screen:\n${text()}`);
        await new Promise((wake) => setTimeout(wake, 25));
      }
    },
    type: (typed) => child.write(typed),
    kill: (signal) => child.kill(signal),
    exit: () => ended,
  };
}
