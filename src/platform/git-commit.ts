import { execFile } from 'node:child_process';
import { pathKind } from './path-kind.js';

type Environment = Readonly<Record<string, string | undefined>>;

export type CommitLookup =
  | { readonly type: 'found'; readonly commit: string }
  | { readonly type: 'no-commit' }
  | { readonly type: 'no-folder' }
  | { readonly type: 'no-repository' }
  /** Git could not be run or would not answer; says why. */
  | { readonly type: 'unknown'; readonly message: string };

const patienceMs = 10_000;

/**
 * Looks a commit up in a local repository with git, without a shell, hooks, prompts or network.
 * @param folder a folder inside the work tree, or a bare repository.
 * @param revision 7 to 64 hex digits, or HEAD.
 */
export async function findCommit(folder: string, revision: string, env: Environment): Promise<CommitLookup> {
  if ((await pathKind(folder)) !== 'folder') return { type: 'no-folder' };
  const inside = await runGit(folder, ['rev-parse', '--git-dir'], env);
  if (inside.type === 'unknown') return inside;
  if (inside.code !== 0) {
    // Git refuses repositories of other users before it looks at anything in them.
    if (/dubious ownership|safe\.directory/.test(inside.stderr))
      return { type: 'unknown', message: 'git does not trust the owner of the folder' };
    return { type: 'no-repository' };
  }
  const resolved = await runGit(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], env);
  if (resolved.type === 'unknown') return resolved;
  const commit = resolved.stdout.trim();
  if (resolved.code !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) return { type: 'no-commit' };
  // A name of full length resolves without a look at the objects.
  const exists = await runGit(folder, ['cat-file', '-e', `${commit}^{commit}`], env);
  if (exists.type === 'unknown') return exists;
  return exists.code === 0 ? { type: 'found', commit } : { type: 'no-commit' };
}

type GitRun =
  | { readonly type: 'ran'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly type: 'unknown'; readonly message: string };

function runGit(folder: string, args: readonly string[], env: Environment): Promise<GitRun> {
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-C', folder];
  return new Promise((done) => {
    execFile(
      'git',
      [...safe, ...args],
      { env: gitEnvironment(env), timeout: patienceMs, windowsHide: true },
      (error, stdout, stderr) => {
        if (!error) done({ type: 'ran', code: 0, stdout, stderr });
        else if (error.killed) done({ type: 'unknown', message: 'git took too long' });
        else if (typeof error.code === 'number') done({ type: 'ran', code: error.code, stdout, stderr });
        else
          done({ type: 'unknown', message: error.code === 'ENOENT' ? 'git is not installed' : 'git could not be run' });
      },
    );
  });
}

/** Nothing that points git elsewhere, asks, or fetches missing objects of a partial clone. */
function gitEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('GIT_') ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}
