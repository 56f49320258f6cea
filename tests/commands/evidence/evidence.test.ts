import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSmallCli, type SmallCli, writeIn } from '../check/small-folder.js';

const eventKinds = (cli: SmallCli) => cli.inspect((store) => [...store.events()].map((event) => event.kind).slice(2));

function git(folder: string, ...args: readonly string[]): string {
  const identity = [
    '-c',
    'user.name=A',
    '-c',
    'user.email=a@example.org',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...identity, '-C', folder, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** A repository with one commit below the learner's folder; returns the hash of the commit. */
function createRepository(cli: SmallCli): { readonly folder: string; readonly commit: string } {
  const folder = join(cli.home, 'repo');
  mkdirSync(folder);
  git(folder, 'init', '--quiet');
  return { folder, commit: commitFile(folder, 'one') };
}

function commitFile(folder: string, text: string): string {
  writeFileSync(join(folder, 'file.txt'), text);
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', text);
  return git(folder, 'rev-parse', 'HEAD');
}

const added = async (cli: SmallCli, ...argv: string[]) => {
  const result = await cli.run(['evidence', 'add', ...argv, '--json']);
  return { exitCode: result.exitCode, data: result.json.data, error: result.json.error };
};

describe('aisafe evidence add', () => {
  it('recognises a URL, a file and a note', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'mlp.py', 'abc');
    expect((await added(cli, 'build-attention', 'https://example.org/a b')).data.evidence.reference).toEqual({
      type: 'url',
      url: 'https://example.org/a%20b',
    });
    expect((await added(cli, 'build-attention', 'mlp.py')).data.evidence.reference).toEqual({
      type: 'file',
      path: join(cli.home, 'mlp.py'),
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      bytes: 3,
    });
    expect((await added(cli, 'build-attention', 'note: explained it')).data.evidence.reference).toEqual({
      type: 'note',
      text: 'explained it',
    });
  });

  it('recognises a commit of a folder, of owner/name and of a URL', async () => {
    const cli = createSmallCli();
    const { folder, commit } = createRepository(cli);
    const whole = { type: 'commit', repository: folder, commit };
    expect((await added(cli, 'build-attention', `./repo@${commit.slice(0, 8)}`)).data.evidence.reference).toEqual(
      whole,
    );
    expect((await added(cli, 'train-model', 'repo@HEAD')).data.evidence.reference).toEqual(whole);
    expect((await added(cli, 'train-model', 'karpathy/micrograd@ABCDEF1')).data.evidence.reference).toEqual({
      type: 'commit',
      repository: 'karpathy/micrograd',
      commit: 'abcdef1',
    });
    expect(
      (await added(cli, 'train-model', 'https://github.com/karpathy/micrograd@abcdef1')).data.evidence.reference,
    ).toMatchObject({
      repository: 'https://github.com/karpathy/micrograd',
    });
    expect((await added(cli, 'train-model', 'https://example.org/@abcdef1')).data.evidence.reference.type).toBe('url');
  });

  it('takes the kind from an option, several items, and a remark', async () => {
    const cli = createSmallCli();
    const { data } = await added(
      cli,
      'build-attention',
      'phase1-check/attention-from-scratch',
      '--url',
      'http://example.org/x',
      '--text',
      'the write-up',
    );
    expect(data).toMatchObject({
      added: true,
      evidence: {
        items: ['build-attention', 'phase1-check/attention-from-scratch'],
        note: 'the write-up',
        text: 'http://example.org/x',
      },
    });
    expect(data.evidence.id.startsWith(data.evidence.shortId)).toBe(true);
  });

  it('does not keep the same twice', async () => {
    const cli = createSmallCli();
    await added(cli, 'build-attention', 'https://example.org/x');
    expect((await added(cli, 'build-attention', 'https://example.org/x')).data.added).toBe(false);
    expect(eventKinds(cli)).toEqual(['evidence.added']);
  });

  it.each([
    ['a scheme that is not of the web', ['javascript://alert(1)'], 4, 'EVIDENCE_INVALID'],
    ['another scheme', ['--url', 'file:///etc/passwd'], 4, 'EVIDENCE_INVALID'],
    ['a password in the URL', ['https://me:secret@example.org'], 4, 'EVIDENCE_INVALID'],
    ['a control character in the URL', ['https://example.org/\u001b[31m'], 4, 'EVIDENCE_INVALID'],
    ['a line feed in the URL', ['--url', 'https://example.org/\nx'], 4, 'EVIDENCE_INVALID'],
    ['no URL', ['--url', 'example.org'], 4, 'EVIDENCE_INVALID'],
    ['an empty note', ['note:  '], 4, 'EVIDENCE_INVALID'],
    ['an escape sequence in a note', ['--note', 'a\u001b[31m'], 4, 'EVIDENCE_INVALID'],
    ['a file that is not there', ['./none.py'], 3, 'FILE_NOT_FOUND'],
    ['a folder', ['.'], 4, 'EVIDENCE_INVALID'],
    ['words', ['I did it'], 4, 'EVIDENCE_INVALID'],
    ['a commit that is too short', ['--commit', 'a/b@12345'], 4, 'EVIDENCE_INVALID'],
    ['HEAD of a repository elsewhere', ['a/b@HEAD'], 4, 'EVIDENCE_INVALID'],
    ['a commit of nothing', ['--commit', 'nowhere@abcdef1'], 4, 'EVIDENCE_INVALID'],
    ['two at once', ['--url', 'https://a.org', '--note', 'b'], 2, 'USAGE'],
    ['nothing', [], 6, 'NEEDS_TERMINAL'],
  ])('refuses %s', async (_, words, exitCode, code) => {
    const cli = createSmallCli();
    const result = await added(cli, 'build-attention', ...words);
    expect(result).toMatchObject({ exitCode, error: { code } });
    expect(eventKinds(cli)).toEqual([]);
  });

  it('refuses a commit that the repository does not hold, and a folder without one', async () => {
    const cli = createSmallCli();
    createRepository(cli);
    expect((await added(cli, 'build-attention', 'repo@1234567')).error.message).toContain('There is no commit 1234567');
    mkdirSync(join(cli.home, 'plain'));
    expect((await added(cli, 'build-attention', 'plain@1234567')).error.message).toContain('not in a git repository');
  });

  it('does not wait for a named pipe', async () => {
    const cli = createSmallCli();
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(cli.home, 'pipe')]);
    expect((await added(cli, 'build-attention', './pipe')).error.code).toBe('EVIDENCE_INVALID');
  });

  it('names the nearest item, and takes tasks and criteria only', async () => {
    const cli = createSmallCli();
    expect((await added(cli, 'biuld-attention', 'https://example.org')).error).toMatchObject({
      code: 'NOT_FOUND',
      hint: 'aisafe evidence add build-attention',
    });
    expect((await added(cli, 'softmax', 'https://example.org')).exitCode).toBe(2);
  });

  it('asks on a terminal', async () => {
    const cli = createSmallCli();
    const result = await cli.run(['evidence', 'add', 'build-attention'], {
      tty: true,
      answers: ['https://example.org/x'],
    });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('Kept: url https://example.org/x for build-attention');
  });

  it('draws another id when a seed draws the same numbers again', async () => {
    const cli = createSmallCli({ env: { AISAFE_SEED: '1' } });
    const one = await added(cli, 'build-attention', 'https://example.org/1');
    const two = await added(cli, 'build-attention', 'https://example.org/2');
    expect(one.data.evidence.id).not.toBe(two.data.evidence.id);
  });
});

describe('aisafe evidence list', () => {
  it('lists all, or what belongs to an item and what is below it', async () => {
    const cli = createSmallCli();
    await added(cli, 'build-attention', 'https://example.org/task');
    await added(cli, 'phase1-check/papers-read', 'note: read them');
    await added(cli, 'look-around', 'https://example.org/other');
    const texts = async (...item: string[]) => {
      const { data } = (await cli.run(['evidence', 'list', ...item, '--json'])).json;
      return data.evidence.map((each: { text: string }) => each.text).sort();
    };
    expect(await texts()).toHaveLength(3);
    expect(await texts('build-attention')).toEqual(['https://example.org/task']);
    expect(await texts('deep-learning')).toEqual(['https://example.org/task']);
    expect(await texts('phase1-check')).toEqual(['read them']);
    expect(await texts('phase1')).toEqual(['https://example.org/task', 'read them']);
  });

  it('reads well on a terminal and splits at tabs in a pipe', async () => {
    const cli = createSmallCli();
    await added(cli, 'build-attention', 'note: all of it');
    expect((await cli.run(['evidence', 'list'], { tty: true, columns: 60 })).stdout).toMatch(
      /^[0-9a-f]{4} {2}note {2}all of it\n {6}for build-attention, added just now\n$/,
    );
    expect((await cli.run(['evidence', 'list'])).stdout).toMatch(
      /^[0-9a-f]{4}\tnote\tall of it\tbuild-attention\tunverified\t2026-11-23T18:00:00.000Z\t\n$/,
    );
    expect((await cli.run(['evidence', 'list', 'train-model'], { tty: true })).stdout).toBe(
      'No evidence for train-model yet.\n',
    );
  });
});

describe('aisafe evidence verify', () => {
  const verify = async (cli: SmallCli, ...ids: string[]) => {
    const result = await cli.run(['evidence', 'verify', ...ids, '--json']);
    return { exitCode: result.exitCode, ...result.json.data, error: result.json.error };
  };
  const messages = (result: { evidence: readonly { message: string }[] }) =>
    result.evidence.map((each) => each.message);

  it('records a result only when it is another than last time', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'a.py', 'one');
    await added(cli, 'build-attention', 'a.py');
    expect(await verify(cli)).toMatchObject({
      exitCode: 0,
      holds: 1,
      broken: 0,
      evidence: [{ status: 'holds', changed: true }],
    });
    expect(await verify(cli)).toMatchObject({ exitCode: 0, evidence: [{ changed: false }] });
    expect(eventKinds(cli)).toEqual(['evidence.added', 'evidence.verified']);
  });

  it('notices a changed file, a missing one, and one that is right again', async () => {
    const cli = createSmallCli();
    const path = writeIn(cli, 'a.py', 'one');
    await added(cli, 'build-attention', 'a.py');
    writeFileSync(path, 'two');
    expect(messages(await verify(cli))).toEqual(['the file has changed since it was added']);
    rmSync(path);
    const gone = await verify(cli);
    expect(gone).toMatchObject({
      exitCode: 1,
      broken: 1,
      evidence: [{ status: 'broken', changed: true, message: 'the file is gone' }],
    });
    writeFileSync(path, 'one');
    expect(await verify(cli)).toMatchObject({ exitCode: 0, holds: 1 });
    expect(eventKinds(cli)).toHaveLength(4);
  });

  it('keeps to the commit when HEAD moves, and notices when the commit is gone', async () => {
    const cli = createSmallCli();
    const { folder } = createRepository(cli);
    await added(cli, 'build-attention', 'repo@HEAD');
    commitFile(folder, 'two');
    expect(await verify(cli)).toMatchObject({
      exitCode: 0,
      holds: 1,
      evidence: [{ message: 'the commit is in the repository' }],
    });
    git(folder, 'checkout', '--quiet', '--orphan', 'fresh');
    commitFile(folder, 'three');
    git(folder, 'branch', '-D', 'main');
    git(folder, 'reflog', 'expire', '--expire=now', '--all');
    git(folder, 'gc', '--quiet', '--prune=now');
    expect(messages(await verify(cli))).toEqual(['the repository no longer holds the commit']);
    renameSync(folder, `${folder}-moved`);
    expect(messages(await verify(cli))).toEqual(['the repository’s folder is gone']);
  });

  it('runs nothing that a repository asks for', async () => {
    const cli = createSmallCli();
    const { folder } = createRepository(cli);
    await added(cli, 'build-attention', 'repo@HEAD');
    writeIn(cli, 'run.sh', `#!/bin/sh\ntouch ${join(cli.home, 'ran')}\n`);
    execFileSync('chmod', ['+x', join(cli.home, 'run.sh')]);
    git(folder, 'config', 'core.fsmonitor', join(cli.home, 'run.sh'));
    await verify(cli);
    expect(() => rmSync(join(cli.home, 'ran'))).toThrow();
  });

  it('says what cannot be checked offline, without holding it against anyone', async () => {
    const cli = createSmallCli();
    await added(cli, 'build-attention', 'https://example.org/x');
    await added(cli, 'build-attention', 'a/b@abcdef1');
    await added(cli, 'build-attention', 'note: x');
    expect(await verify(cli)).toMatchObject({ exitCode: 0, unchecked: 3, holds: 0 });
    expect(eventKinds(cli)).toEqual(['evidence.added', 'evidence.added', 'evidence.added']);
  });

  it('does not judge the files of another machine', async () => {
    const cli = createSmallCli();
    const event = {
      id: '01930000-0000-7000-8000-000000000001',
      action: '01930000-0000-7000-8000-000000000001',
      at: '2026-11-01T00:00:00.000Z',
      day: '2026-11-01',
      tz: 'UTC',
      device: 'elsewhere',
      kind: 'evidence.added',
      subject: 'evidence/abcdef123456',
      revision: null,
      data: {
        items: ['small/build-attention'],
        reference: { type: 'file', path: '/home/them/a.py', sha256: '0'.repeat(64), bytes: 1 },
      },
    };
    cli.inspect((store) => store.merge([event]));
    expect(await verify(cli)).toMatchObject({ exitCode: 0, unchecked: 1 });
  });

  it('checks the named ones, by the beginning of an id', async () => {
    const cli = createSmallCli();
    const path = writeIn(cli, 'a.py', 'one');
    const { data } = await added(cli, 'build-attention', 'a.py');
    await added(cli, 'build-attention', 'note: x');
    rmSync(path);
    expect((await verify(cli, data.evidence.shortId)).evidence).toHaveLength(1);
    expect((await verify(cli, 'ffffffffffff')).error).toMatchObject({
      code: 'NOT_FOUND',
      hint: 'aisafe evidence list',
    });
    const screen = await cli.run(['evidence', 'verify'], { tty: true });
    expect(screen.exitCode).toBe(1);
    expect(screen.stdout).toContain('no longer holds: the file is gone');
    expect(screen.stdout).toContain('0 pieces of evidence hold, 1 no longer, 1 not checked.');
    expect((await cli.run(['evidence', 'verify'])).stdout).toContain('\tbroken\tfile\t');
  });

  it('follows a link to the file it led to', async () => {
    const cli = createSmallCli();
    const path = writeIn(cli, 'a.py', 'one');
    symlinkSync(path, join(cli.home, 'link.py'));
    await added(cli, 'build-attention', 'link.py');
    writeFileSync(path, 'two');
    expect((await verify(cli)).broken).toBe(1);
  });
});

describe('aisafe evidence remove', () => {
  it('takes evidence away, and undo brings it back', async () => {
    const cli = createSmallCli();
    const { data } = await added(cli, 'build-attention', 'https://example.org/x');
    const removed = await cli.run(['evidence', 'remove', data.evidence.shortId]);
    expect(removed.exitCode).toBe(0);
    expect(removed.stderr).toContain('aisafe undo');
    expect((await cli.run(['evidence', 'list', '--json'])).json.data.evidence).toEqual([]);
    await cli.run(['undo']);
    expect((await cli.run(['evidence', 'list', '--json'])).json.data.evidence).toHaveLength(1);
    expect((await cli.run(['evidence', 'remove', 'none'])).exitCode).toBe(3);
  });
});
