import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../../src/content/limits.js';
import type { ReadingRule } from '../../src/core/curriculum/finding.js';
import { applyChange } from './folders.js';

export interface HostileCase {
  readonly about: string;
  /** Spoils a copy of the valid base. */
  readonly spoil: (folder: string) => void;
  /** The first finding, `file:line:column rule`. */
  readonly expect: string;
}

const write = (file: string, content: string | Uint8Array) => (folder: string) =>
  writeFileSync(join(folder, file), content);
const concepts = (content: string | Uint8Array) => write('concepts.yaml', content);
const filling = (unit: string) => unit.repeat(Math.floor((limits.fileBytes - 100) / unit.length));
const hugeFile = (bytes: number) => (folder: string) => {
  const descriptor = openSync(join(folder, 'concepts.yaml'), 'w');
  ftruncateSync(descriptor, bytes);
  closeSync(descriptor);
};
const replaced = (make: (path: string) => void) => (folder: string) => {
  const path = join(folder, 'concepts.yaml');
  rmSync(path);
  make(path);
};

/** Each anchor stands for ten of the one before: 10^9 values when written out. */
const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const before = `*${'abcdefgh'[index]}`;
    return `${name}: &${name} [${Array.from({ length: 10 }, () => before).join(', ')}]`;
  }),
].join('\n');

/** Within the number of aliases, and still far too much behind the last. */
const quietBomb = [
  `a: &a [${Array.from({ length: 2000 }, () => 'x').join(', ')}]`,
  'b: &b [*a, *a, *a]',
  'c: &c [*b, *b, *b]',
  'd: [*c, *c, *c]',
].join('\n');

export const hostileCases: readonly HostileCase[] = [
  { about: 'a file of 50 MB', spoil: hugeFile(50_000_000), expect: 'concepts.yaml:1:1 too-large' },
  { about: 'a sparse file of a terabyte', spoil: hugeFile(1e12), expect: 'concepts.yaml:1:1 too-large' },
  {
    about: 'many files just within the limit',
    spoil: (folder) => {
      for (let each = 0; each < 10; each++)
        write(`phases/p${each}.yaml`, `# ${'x'.repeat(limits.fileBytes - 10)}`)(folder);
    },
    expect: 'phases/p3.yaml:1:1 too-large',
  },
  {
    about: 'thousands of phases',
    spoil: (folder) => {
      for (let each = 0; each < 3000; each++) write(`phases/p${each}.yaml`, 'id: x\n')(folder);
    },
    expect: 'too-large',
  },
  { about: 'a bomb of aliases', spoil: concepts(aliasBomb), expect: 'concepts.yaml:4:20 yaml-alias' },
  { about: 'a bomb of few aliases', spoil: concepts(quietBomb), expect: 'concepts.yaml:2:16 yaml-alias' },
  { about: 'an alias to itself', spoil: concepts('a: &a [*a]\n'), expect: 'concepts.yaml:1:8 yaml-alias' },
  { about: '100,000 open brackets', spoil: concepts('['.repeat(100_000)), expect: 'concepts.yaml:1:41 yaml-nesting' },
  { about: '100,000 open braces', spoil: concepts('{a: '.repeat(100_000)), expect: 'concepts.yaml:1:158 yaml-nesting' },
  { about: '100,000 dashes', spoil: concepts('- '.repeat(100_000)), expect: 'concepts.yaml:1:80 yaml-nesting' },
  {
    about: 'a staircase of mappings',
    spoil: concepts(Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')),
    expect: 'concepts.yaml:40:41 yaml-nesting',
  },
  { about: 'nothing but line feeds', spoil: concepts(filling('\n')), expect: 'concepts.yaml' },
  { about: 'nothing but quotes', spoil: concepts(filling('"')), expect: 'concepts.yaml' },
  {
    about: 'a mapping of 100,000 keys',
    spoil: concepts(Array.from({ length: 100_000 }, (_, key) => `k${key}: 1\n`).join('')),
    expect: 'concepts.yaml',
  },
  { about: 'one key again and again', spoil: concepts(filling('key: 1\n')), expect: 'concepts.yaml' },
  { about: 'nothing but commas', spoil: concepts(`[${filling(',')}`), expect: 'concepts.yaml' },
  {
    about: 'nothing but wrong escapes',
    spoil: concepts(`"${filling('\\q')}"`),
    expect: 'concepts.yaml:1:2 yaml-syntax',
  },
  {
    about: 'nothing but control characters',
    spoil: concepts(filling('\u0007')),
    expect: 'concepts.yaml:1:1 control-character',
  },
  {
    about: 'nothing but second documents',
    spoil: concepts(filling('--- a\n')),
    expect: 'concepts.yaml:2:1 yaml-documents',
  },
  { about: 'nothing but directives', spoil: concepts(filling('%A b\n')), expect: 'concepts.yaml:1:1 yaml-documents' },
  { about: 'a list of things that are no concepts', spoil: concepts(filling('- x\n')), expect: 'concepts.yaml' },
  {
    about: 'thousands of concepts that require what is not there',
    spoil: concepts(
      Array.from({ length: 9000 }, (_, each) => `- {id: c${each}, name: C, meaning: M, requires: [d${each}]}\n`).join(
        '',
      ),
    ),
    expect: 'phases/first.yaml:14:20 unknown-reference',
  },
  {
    about: 'a chain of 9000 concepts that closes on itself',
    spoil: concepts(
      Array.from(
        { length: 9000 },
        (_, each) => `- {id: c${each}, name: C, meaning: M, requires: [c${(each + 1) % 9000}]}\n`,
      ).join(''),
    ),
    expect: 'phases/first.yaml:14:20 unknown-reference',
  },
  {
    about: 'nothing but empty concepts',
    spoil: concepts('- {}\n'.repeat(65_000)),
    expect: 'concepts.yaml:1:3 missing-key',
  },
  {
    about: 'a concept that requires 60,000 others',
    spoil: concepts(`- {id: a, name: A, meaning: M, requires: [${'b, '.repeat(60_000)}]}\n`),
    expect: 'curriculum.yaml:2:1 too-large',
  },
  {
    about: '60,000 phases in the list',
    spoil: write('curriculum.yaml', `format: 1\nid: a\ntitle: A\nversion: "1"\nphases: [${'b, '.repeat(60_000)}]\n`),
    expect: 'curriculum.yaml:5:9 bad-value',
  },
  {
    about: 'thousands of tracks, each scored against the others',
    spoil: (folder) => {
      const tracks = Array.from({ length: 8000 }, (_, each) => `{id: t${each}, title: T, summary: S}`);
      const scores = Array.from({ length: 8000 }, (_, each) => `t${each}: 1`);
      const options = ['a', 'b'].map((id) => `{id: ${id}, text: T, scores: {${scores.join(', ')}}}`);
      const focus = `focus: {questions: [{id: q, prompt: P, options: [${options.join(', ')}]}]}`;
      applyChange(folder, {
        file: 'curriculum.yaml',
        write: [
          'format: 1',
          'id: a',
          'title: A',
          'version: "1"',
          `tracks: [${tracks.join(', ')}]`,
          'phases: [first, second]',
          focus,
          '',
        ].join('\n'),
      });
    },
    expect: 'curriculum.yaml:5:9 bad-value',
  },
  {
    about: 'UTF-16',
    spoil: concepts(Buffer.from('\ufeff- id: slope\n', 'utf16le')),
    expect: 'concepts.yaml:1:1 encoding',
  },
  {
    about: 'UTF-16, big-endian',
    spoil: concepts(Buffer.from('\ufeff- id: slope\n', 'utf16le').swap16()),
    expect: 'concepts.yaml:1:1 encoding',
  },
  {
    about: 'UTF-16 without a mark',
    spoil: concepts(Buffer.from('- id: slope\n', 'utf16le')),
    expect: 'concepts.yaml:1:1 encoding',
  },
  {
    about: 'UTF-32',
    spoil: concepts(Uint8Array.of(0xff, 0xfe, 0, 0, 0x2d, 0, 0, 0)),
    expect: 'concepts.yaml:1:1 encoding',
  },
  {
    about: 'Latin-1',
    spoil: concepts(Buffer.from('- id: slope\n  name: Pente \u00e9l\u00e9mentaire\n', 'latin1')),
    expect: 'concepts.yaml:2:15 encoding',
  },
  {
    about: 'a character that was cut, after a real replacement character',
    spoil: concepts(Buffer.concat([Buffer.from('# \ufffd\n# '), Uint8Array.of(0xe2, 0x82), Buffer.from('\n')])),
    expect: 'concepts.yaml:2:3 encoding',
  },
  {
    about: 'a surrogate in UTF-8',
    spoil: concepts(Uint8Array.of(0x23, 0x20, 0xed, 0xa0, 0x80)),
    expect: 'concepts.yaml:1:3 encoding',
  },
  {
    about: 'a byte order mark',
    spoil: write('briefs.yaml', '\ufeff[]\n'),
    expect: 'phases/first.yaml:17:18 unknown-reference',
  },
  {
    about: 'a byte order mark in the middle',
    spoil: write('programs.yaml', '# a \ufeff b\n[]\n'),
    expect: 'programs.yaml:1:5 control-character',
  },
  {
    about: 'an escape sequence',
    spoil: write('programs.yaml', '[]\n# \u001b[2J\n'),
    expect: 'programs.yaml:2:3 control-character',
  },
  {
    about: 'a C1 control character',
    spoil: write('programs.yaml', '[]\n# ab\u009b2J\n'),
    expect: 'programs.yaml:2:5 control-character',
  },
  {
    about: 'a zero byte',
    spoil: write('programs.yaml', '[]\n# abc \u0000\n'),
    expect: 'programs.yaml:2:7 control-character',
  },
  {
    about: 'a lone carriage return',
    spoil: write('programs.yaml', '# a\r# b\n[]\n'),
    expect: 'programs.yaml:1:4 control-character',
  },
  {
    about: 'a folder in the place of a file',
    spoil: replaced((path) => mkdirSync(path)),
    expect: 'concepts.yaml:1:1 not-a-plain-file',
  },
  {
    about: 'a named pipe',
    spoil: replaced((path) => execFileSync('env', ['mkfifo', path])),
    expect: 'concepts.yaml:1:1 not-a-plain-file',
  },
  {
    about: 'a link to a device',
    spoil: replaced((path) => symlinkSync('/dev/zero', path)),
    expect: 'concepts.yaml:1:1 not-a-plain-file',
  },
  {
    about: 'a link out of the folder',
    spoil: replaced((path) => symlinkSync('/etc/hostname', path)),
    expect: 'concepts.yaml:1:1 not-a-plain-file',
  },
  {
    about: 'a link to itself',
    spoil: replaced((path) => symlinkSync('concepts.yaml', path)),
    expect: 'concepts.yaml:1:1 unreadable-file',
  },
  {
    about: 'a link to nothing',
    spoil: replaced((path) => symlinkSync('nothing.yaml', path)),
    expect: 'concepts.yaml:1:1 unreadable-file',
  },
  {
    about: 'a phases folder elsewhere',
    spoil: (folder) => {
      rmSync(join(folder, 'phases'), { recursive: true });
      symlinkSync('/etc', join(folder, 'phases'));
    },
    expect: 'curriculum.yaml:15:10 missing-file',
  },
];

/** Rules whose cases are made here, because a fixture cannot hold them. */
export const hostileRules: readonly ReadingRule[] = [
  'too-large',
  'yaml-nesting',
  'encoding',
  'byte-order-mark',
  'not-a-plain-file',
  'unreadable-file',
  'yaml-alias',
  'control-character',
];
