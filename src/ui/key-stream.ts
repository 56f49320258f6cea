/** Keys of a terminal, one after the other, while something else goes on. */
import { type KeyInput, keyOf } from './read-key.js';

export interface KeyStream {
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * Hands on every key until it is closed; `ctrl-c` is one of them, and so is the end of the terminal.
 * @param onKey gets one character in lower case, `enter`, `space` or `ctrl-c`.
 */
export function openKeys(input: KeyInput, onKey: (key: string) => void): KeyStream {
  const wasRaw = input.isRaw === true;
  const onData = (data: Buffer | string) => {
    const key = keyOf(data.toString());
    if (key !== undefined) onKey(key === 'ctrl-d' ? 'ctrl-c' : key);
  };
  const onEnd = () => onKey('ctrl-c');
  input.on('data', onData);
  input.once('end', onEnd);
  input.once('close', onEnd);
  input.setRawMode?.(true);
  input.resume();
  return {
    close: () => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.off('close', onEnd);
      input.pause();
      input.setRawMode?.(wasRaw);
    },
  };
}
