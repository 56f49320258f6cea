import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { startSpinner } from '../../src/ui/spinner.js';

function terminal(columns: number) {
  return Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns });
}

describe('a spinner', () => {
  it('is one line of text in plain mode, and where the terminal does not know its width', () => {
    for (const { columns, plain } of [
      { columns: 80, plain: true },
      { columns: 0, plain: false },
    ]) {
      const stream = terminal(columns);
      const spinner = startSpinner('Checking', { stream, plain });
      spinner.update('Checking: 1 done');
      spinner.stop();
      expect(stream.read()).toBe('Checking ...\n');
    }
  });

  it('is nothing when there is no terminal, or the work ends at once', () => {
    const pipe = new PassThrough({ encoding: 'utf8' });
    startSpinner('Checking', { stream: pipe, plain: true }).stop();
    const stream = terminal(80);
    startSpinner('Checking', { stream, plain: false }).stop();
    expect([pipe.read(), stream.read()]).toEqual([null, null]);
  });
});
