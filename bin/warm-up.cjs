// The last step of a build: runs everyday commands on a store of its own, so that the compiled code of all that they
// call is kept (compiled.cjs), not only that of whichever command comes first.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const bin = join(__dirname, 'aisafe.cjs');
const main = join(__dirname, '..', 'dist', 'main.cjs');

if (process.argv[2] === undefined) {
  const home = mkdtempSync(join(tmpdir(), 'aisafe-build-'));
  try {
    const env = { ...process.env, AISAFE_HOME: home, NO_COLOR: '1', NODE_OPTIONS: undefined };
    const { status } = spawnSync(process.execPath, [__filename, home], { env, stdio: ['ignore', 'ignore', 'ignore'] });
    if (status !== 0) process.stderr.write('The everyday commands could not be run: they will start more slowly.\n');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
} else {
  runAll(process.argv[2]);
}

function runAll(home) {
  const answers = join(home, 'answers.yaml');
  writeFileSync(answers, '- answer: "?"\n  confidence: 0.8\n');
  const earlier = '2026-01-05T12:00:00.000Z';
  const later = '2026-03-05T12:00:00.000Z';
  const calls = [
    [earlier, '--help'],
    [earlier],
    [earlier, 'quiz', '--answers', answers],
    [earlier, 'next', '--json'],
    ...[earlier, later].flatMap((now) => [
      [now, 'next'],
      [now],
      [now, 'status'],
      [now, 'review', '--json'],
      [now, 'search', 'attention'],
      [now, 'list'],
      [now, 'start', 'practise-git-basics'],
      [now, 'done', 'practise-git-basics'],
    ]),
    [earlier, 'lab', 'start', 'tf-attention', '--no-predictions'],
    [later, 'lab', 'check', 'tf-attention', '--json'],
  ];
  const { load, keep } = require('./compiled.cjs');
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
