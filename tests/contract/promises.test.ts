import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const rows = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| (.+?) \| `(tests\/[^`]+)`: (.+?) \|$/gm)].map(
  ([, promise = '', file = '', name = '']) => [promise, file, name] as const,
);

describe('the table of promises', () => {
  it('is there', () => expect(rows.length).toBeGreaterThan(15));

  it.each(rows)('%s', (_promise, file, name) => {
    // Names of tests hold apostrophes as the source writes them.
    expect(readFileSync(file, 'utf8').replaceAll("\\'", "'")).toContain(name);
  });
});
