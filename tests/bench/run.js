// Times whole commands against bare `node -e 0`: medians of interleaved runs, as ratios. `npm run bench [-- RUNS]`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const runs = Number(process.argv[2] ?? 20);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = join(root, 'bin', 'aisafe.cjs');
const reviews = 100_000;

/** Aims are those of the issues that asked for the commands; a blank one is only watched. */
const everyday = [
  { name: 'aisafe --version', args: ['--version'], aim: 1.3 },
  { name: 'aisafe --help', args: ['--help'] },
  { name: 'aisafe next', args: ['next'], aim: 1.7 },
  { name: 'aisafe next --json', args: ['next', '--json'], aim: 1.7 },
  { name: 'aisafe', args: [] },
  { name: 'aisafe status', args: ['status'] },
  { name: 'aisafe search attention', args: ['search', 'attention'] },
  { name: 'aisafe review --json', args: ['review', '--json'] },
];

const afterManyReviews = [
  { name: 'aisafe next', args: ['next'] },
  { name: 'aisafe status', args: ['status'] },
  { name: 'aisafe review --json', args: ['review', '--json'], aim: 2 },
];

function timeCommand(args, home) {
  const env = { ...process.env, AISAFE_HOME: home, NO_COLOR: '1' };
  const start = performance.now();
  const child = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  // Exit 1 is a negative outcome: nothing is due, say.
  if (child.status > 1) throw new Error(`exit ${child.status}: ${args.join(' ')}`);
  return performance.now() - start;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Interleaved, so that a machine that slows down slows all of them. */
function compare(title, cases, home) {
  const all = [
    { name: 'node -e 0', argv: ['-e', '0'] },
    ...cases.map((each) => ({ ...each, argv: [bin, ...each.args] })),
  ];
  for (const { argv } of all) timeCommand(argv, home);
  const times = all.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, { argv }] of all.entries()) times[index].push(timeCommand(argv, home));
  }
  const floor = median(times[0]);
  console.log(`\n${title}`);
  console.log(`${'command'.padEnd(26)}${'ms'.padStart(8)}${'ratio'.padStart(8)}${'aim'.padStart(8)}`);
  for (const [index, { name, aim }] of all.entries()) {
    const middle = median(times[index]);
    const ratio = `${(middle / floor).toFixed(2)}x`;
    console.log(
      `${name.padEnd(26)}${middle.toFixed(1).padStart(8)}${ratio.padStart(8)}${(aim ? `${aim}x` : '').padStart(8)}`,
    );
  }
}

/** A store with a long history, made by the program's own code; says how long one more answer takes to save. */
async function fillStore(home) {
  const script = join(home, 'fill-store.cjs');
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: {
      ssr: join(root, 'tests', 'bench', 'fill-store.ts'),
      outDir: home,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'fill-store.cjs' } },
    },
    ssr: { external: true },
  });
  const folder = join(root, 'curriculum', 'questions');
  const questions = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^- id: (\S+)$/gm)].map(([, id]) => id),
  );
  const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
  return JSON.parse(
    execFileSync(process.execPath, [script, join(home, 'data'), String(reviews)], {
      env,
      encoding: 'utf8',
      input: questions.join('\n'),
    }),
  );
}

const home = mkdtempSync(join(tmpdir(), 'aisafe-bench-'));
try {
  console.log(`${runs} interleaved runs, medians; node ${process.version}`);
  compare('The shipped curriculum, an empty store', everyday, join(home, 'empty'));
  const filled = await fillStore(home);
  compare(`After ${reviews.toLocaleString('en')} reviews`, afterManyReviews, join(home, 'data'));
  console.log(
    `\none answer saved (in process)   ${filled.answerMs.toFixed(1)} ms, slowest of 40 ${filled.slowestMs.toFixed(1)} ms   aim 15 ms`,
  );
  console.log(`merge of ${filled.added.toLocaleString('en')} reviews       ${(filled.filledMs / 1000).toFixed(1)} s`);
} finally {
  rmSync(home, { recursive: true, force: true });
}
