import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessEnd } from '../core/lab/fold-run.js';
import { AppError } from '../errors.js';
import { followFile } from './follow-file.js';
import { shippedKit } from './lab-folder.js';
import { createLineSplitter } from './line-splitter.js';
import { type ProcessGroup, processGroup } from './process-group.js';
import { type Environment, pythonEnvironment } from './python-environment.js';
import { killStragglers, runMarker } from './stragglers.js';

/** Where the grader writes its events: a descriptor of its own, or a file where none is inherited (Windows). */
export type EventChannel = { readonly type: 'descriptor' } | { readonly type: 'file'; readonly path: string };

export interface GraderStart {
  readonly python: string;
  /** Folder of the grader's Python half; left out: the one that comes with the program. */
  readonly kit?: string | undefined;
  /** Left out: that of this process. */
  readonly env?: Environment | undefined;
  readonly channel: EventChannel;
}

export interface GraderRequest extends GraderStart {
  /** What it is told, as one line of JSON. */
  readonly config: Readonly<Record<string, unknown>>;
  /** It is killed after so many milliseconds. */
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of the events and each piece of the output, as they come. */
  readonly onLine: (line: string) => void;
  readonly onOutput: (text: string) => void;
  /** Ends the process early: its last event has come. */
  readonly isOver: () => boolean;
  /** A process that was started with the same and waits; left out: one is started now. */
  readonly started?: StartedGrader | undefined;
}

type Ended =
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly type: 'not-started'; readonly error: Error };

/** A process of the grader that has loaded NumPy, or is about to, and waits to be told what to do. */
export interface StartedGrader {
  readonly python: string;
  readonly child: ChildProcess;
  readonly group: ProcessGroup;
  readonly marker: string;
  readonly ended: Promise<Ended>;
  /** After it has ended and nobody holds its pipes any more. */
  readonly closed: Promise<void>;
  /** False once it has ended, or was taken by a run, which then ends it. */
  isWaiting(): boolean;
  take(): StartedGrader;
  /** Ends it if it still waits. */
  end(): void;
}

/** Between asking a group to end and ending it. */
const politenessMs = 300;
/** For the pipes to run dry after the process has ended and its group was killed. */
const drainMs = 500;
/** For a process to leave by itself after its last event. */
const leaveMs = 1000;
const maxFaults = 64 * 1024;

export function startGrader({ python, kit, env, channel }: GraderStart): StartedGrader {
  // No other run has it; loading the module for random names would keep Python waiting.
  const marker = `${process.pid}-${process.hrtime.bigint()}.`;
  const child = spawn(python, [resolve(kit ?? shippedKit(), 'run.py')], {
    env: { ...pythonEnvironment(env ?? process.env), [runMarker]: marker },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', channel.type === 'descriptor' ? 'pipe' : 'ignore'],
  });
  // It may be gone before it has read its configuration; how it ended says why.
  child.stdin?.on('error', () => undefined);
  const group = processGroup(child);
  let isWaiting = true;
  const ended = new Promise<Ended>((done) => {
    child.once('error', (error) => done({ type: 'not-started', error }));
    child.once('exit', (code, signal) => done({ type: 'exited', code, signal }));
  }).finally(() => {
    if (isWaiting) group.release();
    isWaiting = false;
  });
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const started: StartedGrader = {
    python,
    child,
    group,
    marker,
    ended,
    closed,
    isWaiting: () => isWaiting,
    take: () => {
      isWaiting = false;
      return started;
    },
    end: () => {
      if (isWaiting) group.kill();
    },
  };
  return started;
}

/**
 * Runs one process of the grader to its end, and ends whatever it started. Standard input stays open as long as this
 * process lives: its end tells the other that nobody waits for it any more.
 * @throws AppError ENVIRONMENT when Python cannot be started.
 */
export async function runGrader(request: GraderRequest): Promise<ProcessEnd> {
  const { channel, signal } = request;
  if (signal?.aborted) return { cause: 'abort', code: null, signal: null, faults: '' };
  const waiting = request.started?.isWaiting() ? request.started : startGrader(request);
  const { child, group, marker, ended, closed } = waiting.take();
  let cause: ProcessEnd['cause'] = 'self';
  let leaving: NodeJS.Timeout | undefined;
  let killing: NodeJS.Timeout | undefined;

  const limit = setTimeout(() => {
    cause = 'limit';
    group.kill();
  }, request.limitMs);
  const abort = () => {
    cause = 'abort';
    group.terminate();
    killing = setTimeout(group.kill, politenessMs);
  };
  signal?.addEventListener('abort', abort, { once: true });

  const lines = createLineSplitter((line) => {
    request.onLine(line);
    if (request.isOver()) leaving ??= setTimeout(group.kill, leaveMs);
  });
  const faults = collectTail(maxFaults);
  const following = channel.type === 'file' ? followFile(channel.path, lines.write) : undefined;
  readText(child.stdio[3], lines.write);
  readText(child.stdout, request.onOutput);
  readText(child.stderr, faults.write);
  child.stdin?.write(`${JSON.stringify(request.config)}\n`);

  const end = await ended;
  if (end.type === 'exited') {
    // What it started and left behind would hold the pipes open for ever.
    group.kill();
    killStragglers(marker);
    await drained(child, closed);
  }
  for (const timer of [limit, leaving, killing]) clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  group.release();
  following?.stop();
  if (end.type === 'not-started') {
    throw new AppError('ENVIRONMENT', `Python could not be started (${request.python}): ${end.error.message}`, {
      hint: 'aisafe lab doctor',
      cause: end.error,
    });
  }
  lines.end();
  return { cause, code: end.code, signal: end.signal, faults: faults.text() };
}

/** Waits until all output was read, but not for ever: someone out of reach may hold a pipe open. */
async function drained(child: ChildProcess, closed: Promise<void>): Promise<void> {
  const patience = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, drainMs);
  await closed;
  clearTimeout(patience);
}

function readText(stream: ChildProcess['stdio'][number] | Readable | undefined, write: (text: string) => void): void {
  if (!stream || !('read' in stream)) return;
  const decoder = new StringDecoder('utf8');
  stream.on('data', (piece: Buffer) => write(decoder.write(piece)));
  stream.on('end', () => write(decoder.end()));
  stream.on('error', () => undefined);
}

/** Keeps the last characters of a text. */
function collectTail(most: number) {
  let text = '';
  return {
    write: (piece: string) => {
      text += piece;
      if (text.length > 2 * most) text = text.slice(-most);
    },
    text: () => text.slice(-most),
  };
}
