/** One key of a terminal, without Enter. */
import { AppError } from '../errors.js';

export interface KeyInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** Can single keys be read here? A pipe, and a terminal that Node does not know, give whole lines only. */
export function readsKeys(input: KeyInput): boolean {
  return input.isTTY === true && typeof input.setRawMode === 'function';
}

/**
 * Waits for a key that `accept` takes. The terminal is as it was before when this returns or throws.
 * @param accept returns undefined for keys that do not apply; they are passed over. Letters come in lower case.
 * @throws AppError INTERRUPTED on Ctrl-C, Ctrl-D and when the terminal goes away.
 */
export function readKey<T>(input: KeyInput, accept: (key: string) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const wasRaw = input.isRaw === true;
    const restore = () => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.off('close', onEnd);
      input.off('error', onError);
      input.pause();
      input.setRawMode?.(wasRaw);
    };
    const finish = (settle: () => void) => {
      try {
        restore();
      } catch (error) {
        reject(error);
        return;
      }
      settle();
    };
    const onError = (error: unknown) => finish(() => reject(error));
    const onEnd = () => finish(() => reject(interrupted()));
    const onData = (data: Buffer | string) => {
      // One chunk is one key press or a paste; what follows the first key must not answer the next question unseen.
      const key = keyOf(data.toString());
      if (key === 'ctrl-c' || key === 'ctrl-d') {
        onEnd();
        return;
      }
      try {
        const accepted = key === undefined ? undefined : accept(key);
        if (accepted !== undefined) finish(() => resolve(accepted));
      } catch (error) {
        onError(error);
      }
    };
    try {
      input.on('data', onData);
      input.once('end', onEnd);
      input.once('close', onEnd);
      input.once('error', onError);
      input.setRawMode?.(true);
      input.resume();
    } catch (error) {
      onError(error);
    }
  });
}

/** The name of the first key in what a terminal sent; undefined for arrows and function keys. */
export function keyOf(text: string): string | undefined {
  const [first] = text;
  switch (first) {
    case undefined:
    // An escape sequence is an arrow or function key, and none of those applies anywhere.
    case '\u001b':
      return undefined;
    case '\u0003':
      return 'ctrl-c';
    case '\u0004':
      return 'ctrl-d';
    case '\r':
    case '\n':
      return 'enter';
    case ' ':
      return 'space';
    default:
      return first.toLowerCase();
  }
}

function interrupted(): AppError {
  return new AppError('INTERRUPTED', 'Stopped. Everything answered so far is kept.');
}
