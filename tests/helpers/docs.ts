import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Holds a part of a document equal to what the code says. The part stands between `<!-- name -->` and `<!-- end -->`.
 * `npm run docs` writes it anew.
 */
export function expectRegion(file: string, name: string, content: string): void {
  const text = readFileSync(file, 'utf8');
  const begin = `<!-- ${name} -->\n`;
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf('<!-- end -->', from);
  if (from < begin.length || to < 0) throw new Error(`${file} has no part “${name}”`);
  const wanted = `${content.trimEnd()}\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(file, text.slice(0, from) + wanted + text.slice(to));
  else expect(text.slice(from, to), `${file}, part “${name}”: run npm run docs`).toBe(wanted);
}
