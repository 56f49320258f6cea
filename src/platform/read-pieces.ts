import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1024 * 1024;

/**
 * The bytes of a file, a piece at a time; each piece is overwritten by the next.
 * @throws the error of the operating system, with its code.
 */
export function* readPieces(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      const bytes = readSync(file, buffer, 0, pieceBytes, null);
      if (bytes === 0) return;
      yield buffer.subarray(0, bytes);
    }
  } finally {
    closeSync(file);
  }
}
