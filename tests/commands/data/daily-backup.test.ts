import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';

const tomorrow = { AISAFE_NOW: '2026-11-24T18:00:00.000Z' };

describe('the daily backup', () => {
  it('is there when the first command of a study day that saved something has ended', async () => {
    const cli = createCli();
    await cli.run(['start', 'practise-git-basics']);
    await cli.run(['next'], { env: tomorrow });
    expect(readdirSync(cli.home)).not.toContain('backups');
    const { exitCode, stderr } = await cli.run(['log', 'practise-git-basics', '--minutes', '5'], { env: tomorrow });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(readdirSync(join(cli.home, 'backups'))).toEqual([expect.stringMatching(/^aisafe-20261124T180000Z-daily/)]);
  });

  it('says that it failed, after the command has done its work', async () => {
    const cli = createCli();
    await cli.run(['start', 'practise-git-basics']);
    writeFileSync(join(cli.home, 'backups'), 'in the way');
    const { exitCode, stderr } = await cli.run(['done', 'practise-git-basics'], { env: tomorrow });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('The daily backup failed');
    rmSync(join(cli.home, 'backups'));
    mkdirSync(join(cli.home, 'backups'));
    expect((await cli.run(['show', 'practise-git-basics', '--json'])).json.data.state).toBe('done');
  });
});
