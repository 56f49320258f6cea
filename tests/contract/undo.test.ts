import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGuideCli } from '../helpers/guide-cli.js';

/** Every command that writes, with what must have happened before it. */
const writes: readonly { readonly argv: readonly string[]; readonly after?: readonly (readonly string[])[] }[] = [
  { argv: ['start', 'look-around'] },
  { argv: ['done', 'look-around', '--minutes', '20', '--note', 'A note', '--evidence', 'https://example.org/x'] },
  { argv: ['done', 'look-around/look-left'] },
  { argv: ['skip', 'look-around', '--reason', 'known'] },
  { argv: ['defer', 'look-around'] },
  { argv: ['waive', 'look-around'] },
  { argv: ['reopen', 'look-around'], after: [['done', 'look-around']] },
  { argv: ['note', 'overfitting', 'A note'] },
  { argv: ['log', 'look-around', '--minutes', '5'] },
  { argv: ['evidence', 'add', 'look-around', '--url', 'https://example.org'] },
  { argv: ['focus', '--track', 'left'] },
  { argv: ['focus', '--none'], after: [['focus', '--track', 'left']] },
  { argv: ['config', 'set', 'next-limit', '7'] },
  { argv: ['config', 'unset', 'next-limit'], after: [['config', 'set', 'next-limit', '7']] },
  { argv: ['curriculum', 'update'] },
  { argv: ['curriculum', 'remove', 'guide'] },
];

describe('one action is one undo', () => {
  it.each(writes.map(({ argv, after }) => [argv.join(' '), argv, after ?? []] as const))(
    '%s',
    async (_name, argv, after) => {
      const cli = createGuideCli();
      for (const earlier of after) expect((await cli.run(earlier)).exitCode).toBe(0);
      const exported = async () => (await cli.run(['export', '--format', 'json'])).stdout;
      const before = await exported();
      expect((await cli.run(argv)).exitCode).toBe(0);
      expect(await exported()).not.toBe(before);
      expect((await cli.run(['undo'])).exitCode).toBe(0);
      expect(await exported()).toBe(before);
    },
  );

  it('a whole self-assessment by file is taken back answer by answer', async () => {
    const cli = createGuideCli();
    const before = (await cli.run(['export', '--format', 'json'])).stdout;
    writeFileSync(join(cli.home, 'answers.yaml'), 'criteria:\n  gauss: { level: 2, self_attested: true }\n');
    expect((await cli.run(['check', 'phase1', '--answers', 'answers.yaml'])).exitCode).toBe(0);
    const actions = (await cli.run(['undo', '--list', '--json'])).json.data.actions.length - 1;
    await cli.run(['undo', String(actions)]);
    expect((await cli.run(['export', '--format', 'json'])).stdout).toBe(before);
  });
});
