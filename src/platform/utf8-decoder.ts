import { isAscii } from 'node:buffer';

/** Text that comes in pieces, which may end in the middle of a character. A byte order mark at its begin is left out. */
export interface Utf8Decoder {
  /** @throws TypeError when the bytes are not UTF-8. */
  take(bytes: Uint8Array): string;
  /** @throws TypeError when the last piece ended in the middle of a character. */
  end(): string;
}

/** A piece of ASCII alone, as nearly all of an export is, goes past the decoder, which is slow and gives strings of twice the size. */
export function createUtf8Decoder(): Utf8Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isFirst = true;
  let mayBeCut = false;
  const decode = (bytes: Uint8Array) => {
    if (!mayBeCut && isAscii(bytes))
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    mayBeCut = (bytes.at(-1) ?? 0) >= 0x80;
    return decoder.decode(bytes, { stream: true });
  };
  return {
    take: (bytes) => {
      if (bytes.length === 0) return '';
      const text = decode(bytes);
      // Nothing came out yet when the mark itself is cut.
      const isBegin = isFirst && text !== '';
      if (text !== '') isFirst = false;
      return isBegin && text.startsWith('\uFEFF') ? text.slice(1) : text;
    },
    end: () => decoder.decode(),
  };
}
