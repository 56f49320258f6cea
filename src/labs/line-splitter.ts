/** Longer lines are no events; they are dropped without being kept. */
const maxLine = 1024 * 1024;

export interface LineSplitter {
  write(text: string): void;
  /** A last line without an end is given out too. */
  end(): void;
}

/** Cuts a stream into lines. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let rest = '';
  let isTooLong = false;
  return {
    write: (text) => {
      const pieces = text.split('\n');
      const last = pieces.pop() ?? '';
      for (const piece of pieces) {
        if (!isTooLong) onLine(rest + piece);
        rest = '';
        isTooLong = false;
      }
      if (isTooLong) return;
      rest += last;
      if (rest.length > maxLine) {
        rest = '';
        isTooLong = true;
      }
    },
    end: () => {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
