import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessEnd } from '../core/lab/fold-run.js';
import { AppError } from '../errors.js';
import { followFile } from './follow-file.js';
import { shippedKit } from './lab-folder.js';
import { createLineSplitter } from './line-splitter.js';
import { processGroup } from './process-group.js';
import { type Environment, pythonEnvironment } from './python-environment.js';
import { killStragglers, runMarker } from './stragglers.js';

/** Where the grader writes its events: a descriptor of its own, or a file where none is inherited (Windows). */
export type EventChannel = { readonly type: 'descriptor' } | { readonly type: 'file'; readonly path: string };

export interface GraderRequest {
  readonly python: string;
  /** Folder of the grader's Python half; left out: the one that comes with the program. */
  readonly kit?: string | undefined;
  /** Folder that it runs in. */
  readonly folder: string;
  /** Left out: that of this process. */
  readonly env?: Environment | undefined;
  /** What it is told, as one line of JSON. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly channel: EventChannel;
  /** It is killed after so many milliseconds. */
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of the events and each piece of the output, as they come. */
  readonly onLine: (line: string) => void;
  readonly onOutput: (text: string) => void;
  /** Ends the process early: its last event has come. */
  readonly isOver: () => boolean;
}

/** Between asking a group to end and ending it. */
const politenessMs = 300;
/** For the pipes to run dry after the process has ended and its group was killed. */
const drainMs = 500;
/** For a process to leave by itself after its last event. */
const leaveMs = 1000;
const maxFaults = 64 * 1024;

/**
 * Runs one process of the grader to its end, and ends whatever it started. Standard input stays open as long as this
 * process lives: its end tells the other that nobody waits for it any more.
 * @throws AppError ENVIRONMENT when Python cannot be started.
 */
export function runGrader(request: GraderRequest): Promise<ProcessEnd> {
  const { channel, signal } = request;
  if (signal?.aborted) return Promise.resolve({ cause: 'abort', code: null, signal: null, faults: '' });
  const marker = randomUUID();
  const child = spawn(request.python, [resolve(request.kit ?? shippedKit(), 'run.py')], {
    cwd: request.folder,
    env: { ...pythonEnvironment(request.env ?? process.env), [runMarker]: marker },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', channel.type === 'descriptor' ? 'pipe' : 'ignore'],
  });
  const group = processGroup(child);
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
  // The other side may be gone before it has read its configuration; how it ended says why.
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify(request.config)}\n`);

  const cleanUp = () => {
    for (const timer of [limit, leaving, killing]) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    group.release();
  };
  return new Promise<ProcessEnd>((done, fail) => {
    child.once('error', (error) => {
      cleanUp();
      following?.stop();
      fail(
        new AppError('ENVIRONMENT', `Python could not be started (${request.python}): ${error.message}`, {
          hint: 'aisafe lab doctor',
          cause: error,
        }),
      );
    });
    child.once('exit', (code, signalName) => {
      // What it started and left behind would hold the pipes open for ever.
      group.kill();
      killStragglers(marker);
      void drained(child).then(() => {
        cleanUp();
        following?.stop();
        lines.end();
        done({ cause, code, signal: signalName, faults: faults.text() });
      });
    });
  });
}

/** Waits until all output was read, but not for ever: someone out of reach may hold a pipe open. */
function drained(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    const patience = setTimeout(() => {
      for (const stream of child.stdio) stream?.destroy();
      done();
    }, drainMs);
    child.once('close', () => {
      clearTimeout(patience);
      done();
    });
  });
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
