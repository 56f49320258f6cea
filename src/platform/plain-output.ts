import { fstatSync, statSync, writeSync } from 'node:fs';

/** What of a standard stream is needed to write to it. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** False when the reader is slower: more is welcome after `drain`. */
  write(text: string | Uint8Array): boolean;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}

/** An empty pipe takes so much at once, wherever: nobody waits for a reader who does not read. */
const pipeBytes = 16_384;

/**
 * A file or a pipe, written to as it is: loading Node's stream takes longer than most commands do.
 * @param open Node's stream, for what is too long and what fails; whatever follows goes there too, so that nothing overtakes.
 * @returns undefined for a terminal, and where only Node knows what it is.
 */
export function plainOutput(descriptor: number, open: () => Output): Output | undefined {
  const most = mostAtOnce(descriptor);
  if (most === 0) return undefined;
  let stream: Output | undefined;
  const opened = () => {
    stream ??= open();
    return stream;
  };
  return {
    isTTY: false,
    write: (text) => {
      if (stream) return stream.write(text);
      const bytes = Buffer.from(text);
      const written = bytes.length > most ? 0 : writeUntilRefused(descriptor, bytes);
      return written === bytes.length || opened().write(bytes.subarray(written));
    },
    once: (event, listener) => opened().once(event, listener),
    off: (event, listener) => opened().off(event, listener),
  };
}

function mostAtOnce(descriptor: number): number {
  if (process.platform === 'win32') return 0;
  try {
    const found = fstatSync(descriptor);
    if (found.isFIFO()) return pipeBytes;
    const isNowhere = found.isCharacterDevice() && found.rdev === statSync('/dev/null').rdev;
    return found.isFile() || isNowhere ? Number.POSITIVE_INFINITY : 0;
  } catch {
    return 0;
  }
}

/** Returns how many bytes went out; Node's stream tells why not the rest. */
function writeUntilRefused(descriptor: number, bytes: Uint8Array): number {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch {
    // A pipe that is full or closed, a disk that is full.
  }
  return written;
}
