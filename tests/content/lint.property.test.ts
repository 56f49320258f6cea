import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkCurriculum } from '../../src/content/read.js';
import { baseFolder } from './folders.js';

const names = [
  'curriculum.yaml',
  'phases/first.yaml',
  'phases/second.yaml',
  'concepts.yaml',
  'resources.yaml',
  'programs.yaml',
  'briefs.yaml',
];
const base = names.map((name) => ({ name, text: readFileSync(join(baseFolder, name), 'utf8') }));

function check(files: readonly { readonly name: string; readonly text: string }[]) {
  return checkCurriculum({
    files: files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) })),
    findings: [],
    hasQuestions: false,
  });
}

/** Whatever is read, the answer is a curriculum or at least one error, and every finding has a place in its file. */
function expectSense(texts: readonly { readonly name: string; readonly text: string }[]): void {
  // Half a surrogate pair has no bytes.
  const files = texts.map(({ name, text }) => ({ name, text: Buffer.from(text).toString() }));
  const { curriculum, findings } = check(files);
  expect(curriculum === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
  for (const { file, line, column, message } of findings) {
    const lines = files.find(({ name }) => name === file)?.text.split('\n') ?? [''];
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    expect(message).not.toBe('');
  }
}

const words = [
  'id',
  'title',
  'kind',
  'minutes',
  'modules',
  'tasks',
  'steps',
  'requires',
  'concepts',
  'resources',
  'windows',
  'covers',
  'criteria',
  'scores',
  'slope',
  'read-slope',
  'first',
  '__proto__',
  'constructor',
  'toString',
  '<<',
  '',
];
const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, 0, -1, 1e9, Number.NaN, Number.POSITIVE_INFINITY, '', ...words),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** Cuts, repeats, swaps and inserts: most results are nearly a curriculum. */
const mutation = fc.record({
  file: fc.nat(base.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom(
      '\n',
      ' ',
      '  - ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '!!x ',
      '---\n',
      '|\n',
      '\t',
      '\u0000',
      '\u202e',
      '\ufeff',
      'id: slope\n',
      'null',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
});

describe('checking a curriculum', () => {
  it('makes sense of random text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 200 }), (name, text) => {
        expectSense(base.map((file) => (file.name === name ? { name, text } : file)));
      }),
      { numRuns: 150 },
    );
  });

  it('makes sense of random documents', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), anyValue, (name, value) => {
        expectSense(base.map((file) => (file.name === name ? { name, text: stringify(value) } : file)));
      }),
      { numRuns: 250 },
    );
  });

  it('makes sense of a valid curriculum with random damage', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const files = base.map((file) => ({ ...file }));
        for (const { file, at, length, insert } of mutations) {
          const target = files[file];
          if (!target) continue;
          const offset = Math.floor(at * target.text.length);
          target.text = target.text.slice(0, offset) + insert + target.text.slice(offset + length);
        }
        expectSense(files);
      }),
      { numRuns: 400 },
    );
  });

  it('makes sense of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const { curriculum, findings } = checkCurriculum({
          files: [{ name: 'curriculum.yaml', bytes }],
          findings: [],
          hasQuestions: false,
        });
        expect(curriculum).toBeUndefined();
        expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});
