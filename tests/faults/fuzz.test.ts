/** Whatever is typed, imported, answered or written in a curriculum: a code of the contract, and nothing raw on the screen. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allTopics } from '../../src/cli/registry.js';
import { ExitCode } from '../../src/errors.js';
import { type Cli, createCli, type Outcome } from '../helpers/cli.js';
import { isFull } from './harness.js';

const cases = (short: number, long = 10_000) => ({ numRuns: isFull ? long : short });
const contract: readonly number[] = Object.values(ExitCode).filter((code) => code !== ExitCode.bug);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const raw = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function expectSound({ exitCode, stdout, stderr }: Outcome): void {
  expect(contract, stderr).toContain(exitCode);
  expect(raw.exec(stdout)?.[0]).toBeUndefined();
  expect(raw.exec(stderr)?.[0]).toBeUndefined();
  if (exitCode > ExitCode.negative) expect(stdout + stderr).not.toBe('');
}

/** Text with what makes trouble in it. */
const nasty = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '-',
    '--',
    '\u001b[2J\u001b]0;title\u0007',
    '\u202edrowssap',
    '../../etc/passwd',
    '/dev/null',
    '__proto__',
    'constructor',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://user:secret@example.org/',
    '=HYPERLINK("x")',
    '<script>',
    '9'.repeat(400),
    'é'.normalize('NFD'),
    '\ud800',
    'NaN',
    '1e999',
  ),
);

/** A text with something cut out, doubled, swapped or put in. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 60 }),
  put: fc.oneof(
    nasty,
    fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\n',
      '- ',
      'null',
      '-1',
      '1e400',
      '&a',
      '*a',
      '!!js',
      '\t',
      '\u0000',
    ),
  ),
});
type Damage = { readonly at: number; readonly length: number; readonly put: string };

function spoil(text: string, damages: readonly Damage[]): string {
  return damages.reduce((spoilt, { at, length, put }) => {
    const start = Math.floor(at * spoilt.length);
    return spoilt.slice(0, start) + put + spoilt.slice(start + length);
  }, text);
}

const damages = fc.array(damage, { minLength: 1, maxLength: 4 });

describe('hostile input', () => {
  it('on the command line ends in a code of the contract', { timeout: 1_200_000 }, async ({ task }) => {
    const cli = createCli();
    const topics = await allTopics();
    const flags = [
      '--json',
      '--plain',
      '--no-input',
      '--count',
      '--answers',
      '--limit',
      '--until',
      '--kind',
      '--track',
      '-n',
    ];
    const words = topics.flatMap(({ name, commands }) => [[name], ...commands.map((each) => [name, each.name])]);
    const argument = fc.oneof(nasty, fc.constantFrom(...flags, 'phase1', 'read-case-for-safety', 'softmax', '0', '-1'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...words), fc.array(argument, { maxLength: 4 }), async (command, rest) => {
        if (command[0] === 'lab') return;
        expectSound(await cli.run([...command, ...rest]));
      }),
      cases(250),
    );
    task.meta.fault = { runs: cases(250).numRuns, note: 'command lines' };
  });

  it('in an import changes nothing or is taken in whole', { timeout: 1_200_000 }, async ({ task }) => {
    const source = createCli();
    await source.run(['done', 'read-case-for-safety', '--minutes', '5', '--note', 'mine']);
    await source.run(['evidence', 'add', 'read-case-for-safety', 'https://example.org/a']);
    await source.run(['undo']);
    const good = {
      json: (await source.run(['export', '--format', 'json'])).stdout,
      jsonl: (await source.run(['export', '--format', 'jsonl'])).stdout,
    };
    const cli = createCli();
    await cli.run(['log', 'compare-roles', '--minutes', '7']);
    const file = join(cli.home, 'import.txt');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('json', 'jsonl'), damages, async (format, how) => {
        writeFileSync(file, spoil(good[format === 'json' ? 'json' : 'jsonl'], how));
        const outcome = await cli.run(['import', file]);
        expectSound(outcome);
        expect([ExitCode.ok, ExitCode.invalid]).toContain(outcome.exitCode);
      }),
      cases(150),
    );
    await expectWhole(cli);
    task.meta.fault = { runs: cases(150).numRuns, note: 'files' };
  });

  it('in an answers file is refused whole or graded', { timeout: 1_200_000 }, async ({ task }) => {
    const cli = createCli();
    const quiz = JSON.stringify(Array.from({ length: 3 }, () => ({ answer: 'a', confidence: 80 })));
    const check = JSON.stringify({ criteria: { 'engineering-habits': { level: 2, evidence: ['note: x'] } } });
    const file = join(cli.home, 'answers.yaml');
    await fc.assert(
      fc.asyncProperty(fc.boolean(), damages, async (isQuiz, how) => {
        writeFileSync(file, spoil(isQuiz ? quiz : check, how));
        const argv = isQuiz ? ['quiz', '--count', '3', '--seed', '1', '--restart'] : ['check', 'phase1'];
        expectSound(await cli.run([...argv, '--answers', file]));
      }),
      cases(100),
    );
    await expectWhole(cli);
    task.meta.fault = { runs: cases(100).numRuns, note: 'files' };
  });

  it('in a setting is refused', { timeout: 1_200_000 }, async ({ task }) => {
    const cli = createCli();
    const listed = (await cli.run(['config', '--json'])).json.data.settings.map(({ key }: { key: string }) => key);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...listed), nasty), nasty, async (key, value) => {
        expectSound(await cli.run(['config', 'set', '--', key, value]));
      }),
      cases(100),
    );
    await expectWhole(cli);
    expectSound(await cli.run(['next']));
    task.meta.fault = { runs: cases(100).numRuns, note: 'settings' };
  });

  it('in a curriculum is found by the lint, and reading it never breaks', { timeout: 1_200_000 }, async ({ task }) => {
    const cli = createCli();
    const small = join(cli.home, 'small');
    await cli.run(['curriculum', 'new', small]);
    const files = readdirSync(small, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const texts = new Map(files.map((name) => [name, readFileSync(join(small, name), 'utf8')]));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damages, async (name, how) => {
        writeFileSync(join(small, name), spoil(texts.get(name) ?? '', how));
        const outcome = await cli.run(['curriculum', 'lint', small]);
        writeFileSync(join(small, name), texts.get(name) ?? '');
        expectSound(outcome);
        expect([ExitCode.ok, ExitCode.negative, ExitCode.invalid]).toContain(outcome.exitCode);
      }),
      cases(150),
    );
    expect((await cli.run(['curriculum', 'lint', small])).exitCode).toBe(0);
    task.meta.fault = { runs: cases(150).numRuns, note: 'files' };
  });
});

/** The store holds together, and the note of before is still in it. */
async function expectWhole(cli: Cli): Promise<void> {
  const { json } = await cli.run(['doctor', '--json']);
  const failed = json.data.checks.filter(({ status }: { status: string }) => status === 'failed');
  expect(failed).toEqual([]);
}
