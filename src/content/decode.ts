import type { Finding } from '../core/curriculum/finding.js';
import { readingFinding } from './reading-finding.js';
import { positionsIn, type SourceFile } from './source.js';

export interface Decoded {
  /** Without a byte order mark; undefined when the bytes are not text. */
  readonly text?: string;
  readonly findings: readonly Finding[];
}

const asUtf8 = 'Save it as UTF-8 without a byte order mark.';

/** Turns the bytes of a file into text: UTF-8, and nothing that looks like another encoding. */
export function decode({ name, bytes }: SourceFile): Decoded {
  const wide = wideEncoding(bytes);
  if (wide) return { findings: [readingFinding('encoding', name, `the file is ${wide}, not UTF-8`, { hint: asUtf8 })] };
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + (hasMark ? 3 : 0), bytes.byteLength - (hasMark ? 3 : 0));
  const text = body.toString('utf8');
  const invalid = firstInvalid(text, body);
  if (invalid !== undefined) {
    const byte = (body[invalid.byte] ?? 0).toString(16).padStart(2, '0');
    const at = positionsIn(text)(invalid.offset);
    return { findings: [readingFinding('encoding', name, `byte 0x${byte} is not UTF-8`, { at, hint: asUtf8 })] };
  }
  const findings = hasMark
    ? [
        readingFinding('byte-order-mark', name, 'the file begins with a byte order mark', {
          severity: 'warning',
          hint: asUtf8,
        }),
      ]
    : [];
  return { text, findings };
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  // YAML begins with an ASCII character, so a zero in the first two bytes shows the width.
  if (bytes.length >= 2 && (a === 0) !== (b === 0)) return 'UTF-16';
  return undefined;
}

/** Where the first byte is that the decoder had to replace: the offset in the text and in the bytes. */
function firstInvalid(text: string, body: Buffer): { readonly offset: number; readonly byte: number } | undefined {
  let byte = 0;
  let from = 0;
  for (let offset = text.indexOf('\ufffd'); offset >= 0; offset = text.indexOf('\ufffd', from)) {
    byte += Buffer.byteLength(text.slice(from, offset));
    // The replacement character may also stand in the file itself.
    if (body[byte] !== 0xef || body[byte + 1] !== 0xbf || body[byte + 2] !== 0xbd) return { offset, byte };
    byte += 3;
    from = offset + 1;
  }
  return undefined;
}
