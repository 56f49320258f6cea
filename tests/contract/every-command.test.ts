import { describe, expect, it } from 'vitest';
import { allTopics, topicsFor } from '../../src/cli/registry.js';
import { overview } from '../../src/commands/overview/spec.js';
import { ExitCode } from '../../src/errors.js';
import { createGuideCli } from '../helpers/guide-cli.js';

const topics = await allTopics();

const commands = topics.flatMap((topic) => [
  ...(topic.command ? [{ words: [topic.name], command: topic.command }] : []),
  ...topic.commands.map((command) => ({ words: [topic.name, command.name], command })),
]);

const contractCodes: readonly number[] = Object.values(ExitCode);

describe.each(commands.map(({ words, command }) => [words.join(' '), words, command] as const))(
  'aisafe %s',
  (_name, words, command) => {
    it('has help with a summary, examples that name it, and the options of every command', async () => {
      const { exitCode, stdout, stderr } = await createGuideCli().run([...words, '--help']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Usage: aisafe ${words.join(' ')}`);
      expect(stdout).toContain('--json');
      for (const example of command.examples) expect(example.command).toMatch(/^(\S+=\S+ )?aisafe\b/);
    });

    it('neither hangs nor breaks without a terminal and without arguments, and prints one document with --json', async () => {
      const { exitCode, stdout, stderr } = await createGuideCli().run([...words, '--json']);
      expect(contractCodes).toContain(exitCode);
      expect([exitCode, stderr]).not.toEqual([ExitCode.bug, expect.anything()]);
      const document = JSON.parse(stdout);
      expect(document.schema).toBe('error' in document ? 'aisafe.error/1' : command.schema);
      expect('data' in document).toBe(exitCode === ExitCode.ok || exitCode === ExitCode.negative);
    });

    it('keeps words and results apart in a pipe', async () => {
      const { exitCode, stdout, stderr } = await createGuideCli().run(words);
      expect(contractCodes).toContain(exitCode);
      expect(exitCode).not.toBe(ExitCode.bug);
      if (exitCode > ExitCode.negative) {
        expect(stdout).toBe('');
        expect(stderr).not.toBe('');
      }
      expect(stdout).not.toContain('\u001b');
    });
  },
);

describe('the command line', () => {
  it('names the schema of each document after its command', () => {
    expect(overview.schema).toBe('aisafe.overview/1');
    for (const { words, command } of commands)
      expect(command.schema).toMatch(new RegExp(`^aisafe\\.${words[0]}(\\.${words[1]})?/\\d+$`));
  });

  it('finds each topic by its word alone', async () => {
    for (const { name } of topics) expect((await topicsFor([name])).map((topic) => topic.name)).toEqual([name]);
  });

  it('offers the nearest command, or its help', async () => {
    const cli = createGuideCli();
    const hint = async (...argv: string[]) => (await cli.run([...argv, '--json'])).json.error;
    expect(await hint('nxet')).toMatchObject({ code: 'UNKNOWN_COMMAND', hint: 'aisafe next' });
    expect(await hint('evidence', 'lst')).toMatchObject({ code: 'UNKNOWN_COMMAND', hint: 'aisafe evidence list' });
    expect(await hint('frobnicate')).toMatchObject({ code: 'UNKNOWN_COMMAND', hint: 'aisafe --help' });
    expect(await hint('evidence')).toMatchObject({ code: 'MISSING_ARGUMENT', hint: 'aisafe evidence --help' });
    expect(await hint('list', 'phase1', 'phase2')).toMatchObject({ code: 'USAGE' });
    expect(await hint('next', '--minutes')).toMatchObject({ code: 'MISSING_ARGUMENT' });
  });

  it('takes its options before and after the command', async () => {
    const cli = createGuideCli();
    const before = await cli.run(['--json', 'next', '--limit', '1']);
    const after = await cli.run(['next', '--limit', '1', '--json']);
    expect(before.stdout).toBe(after.stdout);
  });

  it('prints its version', async () => {
    const cli = createGuideCli();
    expect((await cli.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await cli.run(['--version', '--no-color'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('refuses a time that is none', async () => {
    const { exitCode, stderr } = await createGuideCli().run(['next'], { env: { AISAFE_NOW: 'yesterday' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('AISAFE_NOW');
  });
});
