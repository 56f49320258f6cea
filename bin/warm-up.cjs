// The last step of a build: runs commands on a store of its own, so that the compiled code of what they call is kept
// (aisafe.cjs). What is kept of a chunk is read whole at every start, which takes longer than compiling a few functions: the commands of
// every day come first, alone, and later ones add no more than chunks of their own.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const bin = join(__dirname, 'aisafe.cjs');
const main = join(__dirname, '..', 'dist', 'main.cjs');
const earlier = '2026-01-05T12:00:00.000Z';
const later = '2026-03-05T12:00:00.000Z';
const answers = 'answers.yaml';

/** One process each; [time, ...argv]. */
const groups = [
  [
    [earlier, '--help'],
    [earlier, 'next'],
    [earlier],
    [earlier, 'status'],
    [earlier, 'review', '--json'],
    [earlier, 'search', 'attention'],
    [later, 'next'],
  ],
  [
    [earlier, 'quiz', '--answers', answers],
    [later, 'list'],
    [later, 'start', 'practise-git-basics'],
    [later, 'done', 'practise-git-basics'],
    [later, 'lab', 'start', 'tf-attention', '--no-predictions'],
    [later, 'lab', 'check', 'tf-attention', '--json'],
  ],
];

if (process.argv[2] === undefined) {
  const home = mkdtempSync(join(tmpdir(), 'aisafe-build-'));
  try {
    writeFileSync(join(home, answers), '- answer: "?"\n  confidence: 0.8\n');
    const env = { ...process.env, AISAFE_HOME: home, NO_COLOR: '1', NODE_OPTIONS: undefined };
    const options = { cwd: home, env, stdio: ['ignore', 'ignore', 'ignore'] };
    const codes = groups.map((_, index) => spawnSync(process.execPath, [__filename, String(index)], options).status);
    if (codes.some((code) => code !== 0))
      process.stderr.write('The everyday commands could not be run: they will start more slowly.\n');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
} else {
  runAll([...groups[Number(process.argv[2])]]);
}

function runAll(calls) {
  const { load, keep } = require('./aisafe.cjs');
  const runNext = () => {
    const [now, ...argv] = calls.shift() ?? [];
    if (now === undefined) {
      process.off('beforeExit', runNext);
      process.exitCode = 0;
      keep();
      return;
    }
    process.env.AISAFE_NOW = now;
    process.argv = [process.execPath, bin, ...argv];
    delete require.cache[main];
    // An event of the loop, at whose end this is called again.
    setImmediate(() => load('main.cjs'));
  };
  process.on('beforeExit', runNext);
  runNext();
}
