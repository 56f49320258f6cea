import { describe, it } from 'vitest';
import { helpGroups } from '../../src/cli/command.js';
import { allTopics } from '../../src/cli/registry.js';
import { fileKinds } from '../../src/core/curriculum/file-kinds.js';
import { readingRules } from '../../src/core/curriculum/finding.js';
import { rules } from '../../src/core/curriculum/lint/rules.js';
import { ExitCode } from '../../src/errors.js';
import { createCli } from '../helpers/cli.js';
import { expectRegion } from '../helpers/docs.js';

const exitMeanings: Readonly<Record<keyof typeof ExitCode, string>> = {
  ok: 'ok',
  negative: 'a negative outcome: a check below its bar, findings, nothing left',
  usage: 'usage: an unknown command or option, a value that will not do',
  notFound: 'not found; the nearest ids are in the message',
  invalid: 'an invalid curriculum or data file',
  store: 'the store: locked, newer, damaged, disk full',
  needsTerminal: 'needs a terminal, or the option that the message names',
  environment: 'the environment cannot run it',
  bug: 'a bug; please report it',
  interrupted: 'interrupted; everything answered is kept',
};

const evening: readonly (readonly string[])[] = [
  ['next', '--minutes', '40', '--limit', '1', '--why'],
  ['start', 'read-case-for-safety'],
  ['done', 'read-case-for-safety/brief'],
  ['log', 'read-case-for-safety', '--minutes', '25'],
  ['undo', '--list'],
  ['status'],
];

describe('what the documents repeat from the code', () => {
  it('the transcript of an evening is a real one', async () => {
    const cli = createCli();
    let transcript = '';
    for (const argv of evening) {
      const { stdout } = await cli.run(argv, { tty: true, columns: 80, env: { TERM: 'dumb' } });
      transcript += `$ aisafe ${argv.join(' ')}\n${stdout.trimEnd()}\n\n`;
    }
    expectRegion('README.md', 'transcript', `\`\`\`console\n${transcript.trimEnd()}\n\`\`\``);
  });

  it('the commands', async () => {
    const topics = await allTopics();
    const rows = helpGroups.flatMap((group) => {
      const own = topics.filter((topic) => topic.group === group);
      return own.map((topic, index) => {
        const words =
          topic.commands.length > 0
            ? `aisafe ${topic.name} ${topic.commands.map((command) => command.name).join(' \\| ')}`
            : `aisafe ${topic.name}`;
        return `| ${index === 0 ? group : ''} | \`${words}\` | ${topic.summary} |`;
      });
    });
    expectRegion('README.md', 'commands', ['| | Command | |', '| --- | --- | --- |', ...rows].join('\n'));
  });

  it('the exit codes', () => {
    const rows = Object.entries(ExitCode).map(
      ([name, code]) => `| ${code} | ${exitMeanings[name as keyof typeof ExitCode]} |`,
    );
    expectRegion('README.md', 'exit-codes', ['| Exit code | |', '| --- | --- |', ...rows].join('\n'));
  });

  it('the rules of the linter', () => {
    const reading = Object.entries(readingRules).map(([id, summary]) => `| \`${id}\` | ${summary} |`);
    const lint = rules.map(({ id, summary }) => `| \`${id}\` | ${summary} |`);
    expectRegion(
      'curriculum/README.md',
      'rules',
      ['| Rule | What it finds |', '| --- | --- |', ...reading, ...lint].join('\n'),
    );
  });

  it('the kinds of file', () => {
    const rows = fileKinds.map((kind) => `| \`${kind}\` | \`aisafe curriculum schema ${kind}\` |`);
    expectRegion('curriculum/README.md', 'schemas', ['| File | Its schema |', '| --- | --- |', ...rows].join('\n'));
  });
});
