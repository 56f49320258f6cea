import { spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createCli } from '../helpers/cli.js';
import { program, runProgram, tempFolder } from './harness.js';

describe('sockets', () => {
  it('are refused in this suite, here and in what it starts', () => {
    expect(() => connect(9)).toThrow('A socket was asked for');
    expect(() => createServer().listen(0)).toThrow('A socket was asked for');
    const child = spawnSync(process.execPath, ['-e', "require('node:net').connect(9)"], { encoding: 'utf8' });
    expect([child.status, child.stderr.includes('A socket was asked for')]).toEqual([1, true]);
  });

  it('are not needed by the daily commands', async () => {
    const home = tempFolder();
    for (const argv of [['next'], ['status'], ['resources'], ['programs'], ['doctor'], ['review', '--json']]) {
      const { stderr } = await runProgram(home, argv);
      expect(stderr).not.toContain('socket');
    }
  });

  it('are not opened for a link: the browser is handed https and http, and nothing else', async () => {
    const opened: string[] = [];
    const openUrl = async (url: string) => {
      opened.push(url);
      return true;
    };
    const cli = createCli({ openUrl });
    await cli.run(['open', 'attention-paper']);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^https:/);
  });
});

describe('the kernel', () => {
  it('sees no internet socket of a command', ({ skip, task }) => {
    const home = tempFolder();
    const traced = (argv: readonly string[]) =>
      spawnSync('strace', ['-f', '-qq', '-e', 'trace=socket', process.execPath, program, ...argv], {
        env: { ...process.env, NODE_OPTIONS: '', AISAFE_HOME: home },
        encoding: 'utf8',
      }).stderr;
    if (spawnSync('strace', ['-V']).status !== 0) skip('strace is not installed');
    for (const argv of [['next'], ['log', 'compare-roles', '--minutes', '1'], ['doctor']]) {
      expect(traced(argv)).not.toMatch(/AF_INET/);
    }
    task.meta.fault = { runs: 3, note: 'by strace' };
  });
});
