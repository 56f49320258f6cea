import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { run } from '../../src/run.js';
import { type Answer, scriptedPrompter } from './prompter.js';

export interface RunOptions {
  /** Is stdout (and stderr, stdin) a terminal? */
  readonly tty?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Answers for the prompts that are expected, in order; a prompt that is not expected fails the test. */
  readonly answers?: readonly Answer[];
  readonly stdin?: string;
  readonly openUrl?: (url: string) => Promise<boolean>;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look inside documents of every shape
  readonly json: any;
}

export interface Cli {
  readonly home: string;
  run(argv: readonly string[], options?: RunOptions): Promise<Outcome>;
}

/** The instant at which tests happen unless they say otherwise: a Monday evening. */
export const testNow = '2026-11-23T18:00:00.000Z';

/** The whole program in this process, with a data folder of its own that is removed after the test. */
export function createCli(defaults: RunOptions = {}): Cli {
  const home = mkdtempSync(join(tmpdir(), 'aisafe-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return {
    home,
    run: (argv, options = {}) =>
      runOnce(home, argv, { ...defaults, ...options, env: { ...defaults.env, ...options.env } }),
  };
}

async function runOnce(home: string, argv: readonly string[], options: RunOptions): Promise<Outcome> {
  const stdout = new Capture(options.tty === true, options.columns ?? 80);
  const stderr = new Capture(options.tty === true, options.columns ?? 80);
  const stdin = Object.assign(new PassThrough(), { isTTY: options.tty === true });
  stdin.end(options.stdin ?? '');
  const scripted = options.answers ? scriptedPrompter(options.answers) : undefined;
  const exitCode = await run(argv, {
    stdin,
    stdout,
    stderr,
    timeZone: 'UTC',
    cwd: options.cwd ?? home,
    env: { AISAFE_HOME: home, AISAFE_NOW: testNow, LANG: 'C.UTF-8', NO_COLOR: '1', ...options.env },
    ...(scripted ? { prompter: scripted.prompter } : {}),
    openUrl: options.openUrl ?? (async () => false),
  });
  scripted?.expectAllUsed();
  return {
    exitCode,
    stdout: stdout.text,
    stderr: stderr.text,
    get json() {
      return JSON.parse(stdout.text);
    },
  };
}

class Capture extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor(isTTY: boolean, columns: number) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  /** What a spinner asks of a terminal. */
  cursorTo(): boolean {
    return true;
  }

  clearLine(): boolean {
    return true;
  }

  moveCursor(): boolean {
    return true;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
