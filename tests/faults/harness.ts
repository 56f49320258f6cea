/** The real program as a process that things happen to, and its store looked into afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createClock } from '../../src/platform/clock.js';
import { systemRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';
import type { StoreCheck } from '../../src/store/store.js';

/** `AISAFE_FAULTS=full` asks for the long form: hundreds of kills, ten thousand cases. */
export const isFull = process.env.AISAFE_FAULTS === 'full';

export const program = resolve('bin/aisafe.cjs');

export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
  /** A shell line in which "$@" is the program, to run it under a limit or at the head of a pipe. */
  readonly shell?: string;
}

/** A folder that is removed after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the program with its data in `home`. */
export function startProgram(home: string, argv: readonly string[], options: ProgramOptions = {}): Running {
  const words = [process.execPath, program, ...argv];
  const [command = '', ...rest] = options.shell ? ['bash', '-c', options.shell, 'bash', ...words] : words;
  const child = spawn(command, rest, {
    cwd: options.cwd ?? home,
    env: { ...process.env, LANG: 'C.UTF-8', NO_COLOR: '1', CI: undefined, AISAFE_HOME: home, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export function runProgram(home: string, argv: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return startProgram(home, argv, options).ended;
}

/** The text of an export of another computer, with so many events of about 400 bytes. */
export function exportOf(count: number): string {
  const event = (index: number) => {
    const id = `01990000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
    const [at, text] = ['2026-01-05T18:00:00.000Z', `note ${index} `.padEnd(200, 'x')];
    const rest = {
      day: '2026-01-05',
      tz: 'UTC',
      device: 'fedcba9876543210',
      kind: 'note.added',
      subject: `note/n${index}`,
    };
    return JSON.stringify({
      id,
      action: id,
      at,
      ...rest,
      revision: null,
      data: { item: 'aisafe/compare-roles', text },
    });
  };
  const events = Array.from({ length: count }, (_, index) => event(index));
  return [JSON.stringify({ schema: 'aisafe.events/1', events: count }), ...events, ''].join('\n');
}

export interface Inspection {
  /** Ids of all events, in order. */
  readonly events: readonly string[];
  /** Checks of the store that failed: SQLite's integrity, and whether every projection is what a replay gives. */
  readonly failed: readonly StoreCheck[];
}

/** Looks into the store of a folder. A store that was never made has no events. */
export function inspectStore(home: string): Inspection {
  const path = join(home, 'aisafe.db');
  if (!existsSync(path)) return { events: [], failed: [] };
  const store = openStore({
    path,
    backupFolder: join(home, 'backups'),
    clock: createClock({ timeZone: 'UTC' }),
    random: systemRandom(),
  });
  try {
    const events = [...store.events()].map(({ id }) => id);
    return { events, failed: store.check().filter(({ status }) => status === 'failed') };
  } finally {
    store.close();
  }
}
