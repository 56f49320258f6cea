import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';

const program = resolve('bin/aisafe.cjs');
const patienceMs = 25_000;

export interface Screen {
  readonly home: string;
  readonly pid: number;
  /** What is on the screen, lines right-trimmed. */
  text(): string;
  /** Resolves when the text is on the screen, so many times; fails with the screen as it is. */
  waitFor(text: string, times?: number): Promise<void>;
  type(keys: string): void;
  kill(signal: string): void;
  resize(columns: number, rows: number): void;
  /** The exit code, once it has ended. */
  exit(): Promise<number>;
}

export const keys = { enter: '\r', down: '\u001b[B', ctrlC: '\u0003', space: ' ' } as const;

export function tempHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'aisafe-e2e-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

interface TerminalOptions {
  /** Where the program runs; its data go to a folder in it. */
  readonly home?: string;
  readonly columns?: number;
  readonly rows?: number;
  /** Takes the place of the environment of a learner with data in `home`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs this instead of the program. */
  readonly command?: string;
}

/** The real program in a real pseudo-terminal, watched through a terminal emulator. */
export function openTerminal(argv: readonly string[], options: TerminalOptions = {}): Screen {
  const { home = tempHome(), columns = 80, rows = 40 } = options;
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 2000, allowProposedApi: true });
  const child: IPty = spawn(options.command ?? process.execPath, options.command ? [...argv] : [program, ...argv], {
    cols: columns,
    rows,
    cwd: home,
    env: options.env ?? {
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
    waitFor: async (wanted, times = 1) => {
      const until = Date.now() + patienceMs;
      const count = (screen: string) => screen.split(wanted).length - 1;
      // Words may stand on two lines when the screen is narrow.
      const seen = () => Math.max(count(text()), count(text().replace(/\s+/g, ' '))) >= times;
      while (!seen()) {
        if (Date.now() > until) throw new Error(`“${wanted}” never came; the screen:\n${text()}`);
        await new Promise((wake) => setTimeout(wake, 25));
      }
    },
    type: (typed) => child.write(typed),
    kill: (signal) => child.kill(signal),
    resize: (wide, high) => {
      emulator.resize(wide, high);
      child.resize(wide, high);
    },
    exit: () => ended,
  };
}
