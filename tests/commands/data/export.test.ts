import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createSmallCli, type SmallCli } from '../check/small-folder.js';

/** A learner who has done a few things. */
async function createLearner(): Promise<SmallCli> {
  const cli = createSmallCli({ env: { AISAFE_SEED: 'seed' } });
  await cli.run([
    'done',
    'read-about-softmax',
    '--minutes',
    '35',
    '--note',
    'kept to myself',
    '--evidence',
    'https://example.org/notes',
  ]);
  await cli.run(['start', 'build-attention']);
  return cli;
}

const formats = ['json', 'jsonl', 'csv', 'markdown', 'ics'] as const;

describe('aisafe export', () => {
  it.each(formats)('%s: the same on a terminal, in a pipe and a second time', async (format) => {
    const cli = await createLearner();
    const piped = await cli.run(['export', '--format', format]);
    expect(piped).toMatchObject({ exitCode: 0, stderr: '' });
    expect(piped.stdout.endsWith('\n')).toBe(true);
    expect((await cli.run(['export', '--format', format], { tty: true, columns: 60 })).stdout).toBe(piped.stdout);
    expect((await cli.run(['export', '--format', format])).stdout).toBe(piped.stdout);
  });

  it('json says the same with and without --json', async () => {
    const cli = await createLearner();
    const plain = await cli.run(['export', '--format', 'json']);
    expect((await cli.run(['export', '--format', 'json', '--json'])).json).toEqual(plain.json);
    expect(plain.json.schema).toBe('aisafe.export/1');
    expect(plain.json.data.tasks.map((task: { id: string; state: string }) => `${task.id} ${task.state}`)).toEqual([
      'look-around open',
      'read-about-softmax done',
      'build-attention started',
      'train-model open',
    ]);
  });

  it('done and undo leave the same bytes', async () => {
    const cli = await createLearner();
    const before = (await cli.run(['export', '--format', 'json'])).stdout;
    await cli.run(['done', 'train-model', '--minutes', '90', '--note', 'x']);
    expect((await cli.run(['export', '--format', 'json'])).stdout).not.toBe(before);
    await cli.run(['undo']);
    expect((await cli.run(['export', '--format', 'json'])).stdout).toBe(before);
  });

  it.each(formats)('%s: --output writes a private file whole, over what was there', async (format) => {
    const cli = await createLearner();
    const path = join(cli.home, 'out.txt');
    writeFileSync(path, 'old');
    const content = (await cli.run(['export', '--format', format])).stdout;
    const result = await cli.run(['export', '--format', format, '--output', 'out.txt', '--json']);
    expect(result).toMatchObject({ exitCode: 0, json: { schema: 'aisafe.export-report/1' } });
    expect(result.json.data).toMatchObject({ format, output: path, bytes: Buffer.byteLength(content), content: null });
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(cli.home).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says what it wrote', async () => {
    const cli = await createLearner();
    expect((await cli.run(['export', '--format', 'csv', '--output', 'a.csv'], { tty: true })).stdout).toMatch(
      /^Wrote .*a\.csv\s+\([\d,]+ bytes\)/s,
    );
    expect((await cli.run(['export', '--format', 'csv', '--output', 'a.csv'])).stdout).toMatch(/a\.csv\t\d+\n$/);
  });

  it('--json of another format carries the text', async () => {
    const cli = await createLearner();
    const text = (await cli.run(['export', '--format', 'ics'])).stdout;
    const { json } = await cli.run(['export', '--format', 'ics', '--json', '--output', '-']);
    expect(json).toMatchObject({
      schema: 'aisafe.export-report/1',
      data: { format: 'ics', output: null, content: text },
    });
  });

  it('follows a link instead of replacing it', async () => {
    const cli = await createLearner();
    writeFileSync(join(cli.home, 'target.json'), '');
    symlinkSync('target.json', join(cli.home, 'link.json'));
    await cli.run(['export', '--format', 'json', '--output', 'link.json']);
    expect(JSON.parse(readFileSync(join(cli.home, 'target.json'), 'utf8')).schema).toBe('aisafe.export/1');
  });

  it('writes all tables into a folder', async () => {
    const cli = await createLearner();
    const result = await cli.run(['export', '--format', 'csv', '--what', 'all', '--output', 'tables']);
    expect(result.exitCode).toBe(0);
    expect(readdirSync(join(cli.home, 'tables')).sort()).toEqual([
      'answers.csv',
      'events.csv',
      'evidence.csv',
      'labs.csv',
      'tasks.csv',
    ]);
    expect(readFileSync(join(cli.home, 'tables', 'events.csv'), 'utf8')).toBe(
      (await cli.run(['export', '--format', 'csv', '--what', 'events'])).stdout,
    );
  });

  it('keeps notes private on the page unless asked', async () => {
    const cli = await createLearner();
    expect((await cli.run(['export', '--format', 'markdown'])).stdout).not.toContain('kept to myself');
    expect((await cli.run(['export', '--format', 'markdown', '--notes'])).stdout).toContain('kept to myself');
  });

  it('lets no control character reach the terminal', async () => {
    const cli = createSmallCli();
    cli.inspect((store) =>
      store.append([
        {
          kind: 'task.skipped',
          subject: 'task/small/look-around',
          data: { reason: '\u001b]0;owned\u0007\u009b2J\u202e' },
        },
      ]),
    );
    for (const format of formats) {
      const { stdout } = await cli.run(['export', '--format', format, '--notes'], { tty: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
      expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it.each([
    [['export'], 2, 'MISSING_ARGUMENT', 'json, jsonl, csv, markdown, ics'],
    [['export', '--format', 'jsno'], 2, 'BAD_VALUE', 'json, jsonl, csv, markdown, ics'],
    [['export', '--format', 'pdf'], 2, 'BAD_VALUE', 'json, jsonl, csv, markdown, ics, anki'],
    [['export', '--format', 'json', '--since', 'yesterday'], 2, 'BAD_VALUE', 'YYYY-MM-DD'],
    [['export', '--format', 'json', '--what', 'cards'], 2, 'BAD_VALUE', 'tasks, events, evidence, answers, labs, all'],
    [['export', '--format', 'jsonl', '--what', 'tasks'], 2, 'BAD_VALUE', 'events, all'],
    [['export', '--format', 'csv', '--what', 'all'], 2, 'USAGE', 'folder'],
    [
      ['export', '--format', 'json', '--output', 'no/such/folder/x.json'],
      5,
      'FILE_UNWRITABLE',
      'folder does not exist',
    ],
    [['export', '--format', 'json', '--output', 'small'], 5, 'FILE_UNWRITABLE', 'it is a folder'],
    [['export', '--format', 'json', '--output', 'aisafe.db'], 2, 'BAD_VALUE', 'the store itself'],
  ])('%j: exit %i %s', async (argv, exitCode, code, words) => {
    const cli = createSmallCli();
    const result = await cli.run([...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.json.error.code).toBe(code);
    expect(result.json.error.message).toContain(words);
    const human = await cli.run(argv);
    expect(human).toMatchObject({ exitCode, stdout: '' });
    expect(human.stderr).toContain(words);
  });

  it('gets the history out even when the curriculum cannot be read', async () => {
    const cli = await createLearner();
    writeFileSync(join(cli.home, 'small', 'curriculum.yaml'), 'format: 99\n');
    expect((await cli.run(['export', '--format', 'json'])).exitCode).toBe(4);
    const { exitCode, stdout } = await cli.run(['export', '--format', 'jsonl']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"kind":"task.done"');
  });

  it('writes to a pipe instead of replacing it', async () => {
    const cli = await createLearner();
    const pipe = join(cli.home, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    const received = text(reader.stdout);
    expect((await cli.run(['export', '--format', 'csv', '--output', pipe])).exitCode).toBe(0);
    expect(await received).toBe((await cli.run(['export', '--format', 'csv'])).stdout);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it('leaves nothing behind when it cannot write', async () => {
    const cli = await createLearner();
    mkdirSync(join(cli.home, 'taken'));
    await cli.run(['export', '--format', 'json', '--output', 'taken']);
    expect(existsSync(join(cli.home, 'taken'))).toBe(true);
    expect(readdirSync(cli.home).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
