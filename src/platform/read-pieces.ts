import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * The bytes of a file, a piece at a time; each piece is overwritten by the next. A piece ends with a line if a line ends in it:
 * whoever takes lines from it need not put them together.
 * @throws the error of the operating system, with its code.
 */
export function* readPieces(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    let begun = 0;
    for (;;) {
      const bytes = readSync(file, buffer, begun, pieceBytes - begun, null);
      const filled = begun + bytes;
      const end = bytes === 0 ? filled : endOfLastLine(buffer, filled);
      if (end > 0) yield buffer.subarray(0, end);
      if (bytes === 0) return;
      buffer.copyWithin(0, end, filled);
      begun = filled - end;
    }
  } finally {
    closeSync(file);
  }
}

/** Just after the last line feed; the end of all when there is none. */
function endOfLastLine(buffer: Buffer, filled: number): number {
  const last = buffer.subarray(0, filled).lastIndexOf(lineFeed);
  return last < 0 ? filled : last + 1;
}
