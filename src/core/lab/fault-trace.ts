/** Reads what Python's faulthandler writes when a process dies or is still running at its limit. */
import type { Place } from './lab-run.js';

/** The learner's file as it was run. */
export interface LearnerFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface FaultTrace {
  readonly kind: 'timeout' | 'fatal';
  /** Line of the learner's file that was running. */
  readonly where: Place | null;
  /** Calls through the learner's file that led there, outermost first. */
  readonly chain: readonly Place[];
}

const frame = /^ {2}File "(.*)", line (\d{1,9}) in (.*)$/;

/**
 * The last dump in a text. The learner's code can write here too, so the text decides only which line is shown and
 * whether the end is called a timeout, never whether a check passes.
 */
export function readFaultTrace(text: string, learner: LearnerFile): FaultTrace | undefined {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => line.startsWith('Timeout (') || line.startsWith('Fatal Python error'));
  if (at < 0) return undefined;
  const threads = readThreads(lines.slice(at + 1));
  // The thread that failed is named; a timeout lists all threads, the main one last.
  const order = [...threads.filter(({ isCurrent }) => isCurrent), ...threads.toReversed()];
  const frames = order.map((thread) => placesIn(thread.lines, learner)).find((places) => places.length > 0) ?? [];
  return {
    kind: lines[at]?.startsWith('Timeout (') ? 'timeout' : 'fatal',
    where: frames[0] ?? null,
    chain: frames.toReversed(),
  };
}

interface ThreadTrace {
  readonly isCurrent: boolean;
  readonly lines: readonly string[];
}

function readThreads(lines: readonly string[]): readonly ThreadTrace[] {
  const threads: { isCurrent: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    if (/^(Current t|T)hread 0x/.test(line) || line.startsWith('Stack (most recent call first)')) {
      threads.push({ isCurrent: line.startsWith('Current'), lines: [] });
    } else threads.at(-1)?.lines.push(line);
  }
  return threads;
}

/** The learner's frames, innermost first. */
function placesIn(lines: readonly string[], learner: LearnerFile): readonly Place[] {
  const written = writtenPath(learner.path);
  return lines.flatMap((text) => {
    const [, file, line, func] = frame.exec(text) ?? [];
    if (file !== written || line === undefined) return [];
    const code = learner.lines[Number(line) - 1]?.trim() ?? '';
    return [{ file: learner.path, line: Number(line), func: func ?? '', code }];
  });
}

/** A path as faulthandler writes it: ASCII with escapes, cut after 500 characters (CPython, Python/traceback.c). */
function writtenPath(path: string): string {
  const characters = [...path];
  const escaped = characters.slice(0, 500).map((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) return character;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return escaped.join('') + (characters.length > 500 ? '...' : '');
}
