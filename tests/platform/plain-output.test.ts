import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainOutput } from '../../src/platform/plain-output.js';
import { tempFolder } from '../store/temp-store.js';

/** A stream that keeps what it is given. */
function keepingStream() {
  const written: string[] = [];
  const stream = {
    write: (text: string | Uint8Array) => written.push(Buffer.from(text).toString()) > 0,
    once: () => undefined,
    off: () => undefined,
  };
  return { stream, written };
}

describe.skipIf(process.platform === 'win32')('plainOutput', () => {
  it('writes to a file, however long the text, and opens nothing', () => {
    const path = join(tempFolder(), 'out');
    const file = openSync(path, 'w');
    const { stream, written } = keepingStream();
    const output = plainOutput(file, () => stream);
    const text = `é${'x'.repeat(100_000)}`;
    expect([output?.isTTY, output?.write(text), output?.write('end')]).toEqual([false, true, true]);
    closeSync(file);
    expect(readFileSync(path, 'utf8')).toBe(`${text}end`);
    expect(written).toEqual([]);
  });

  it('hands on what is refused, and all that follows', () => {
    const path = join(tempFolder(), 'out');
    closeSync(openSync(path, 'w'));
    const file = openSync(path, 'r');
    const { stream, written } = keepingStream();
    const output = plainOutput(file, () => stream);
    output?.write('cannot be written');
    output?.write('later');
    closeSync(file);
    expect(written).toEqual(['cannot be written', 'later']);
  });

  it('leaves to Node what is no file and no pipe', () => {
    const folder = openSync(tempFolder(), 'r');
    expect(plainOutput(folder, () => keepingStream().stream)).toBeUndefined();
    closeSync(folder);
    expect(plainOutput(999, () => keepingStream().stream)).toBeUndefined();
  });
});
