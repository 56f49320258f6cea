// Times whole commands against bare `node -e 0`: medians of interleaved runs, as ratios. `npm run bench [-- RUNS]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 20);
const bin = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'bin', 'aisafe.cjs');
const home = mkdtempSync(join(tmpdir(), 'aisafe-bench-'));
const env = { ...process.env, AISAFE_HOME: home, NO_COLOR: '1' };

/** Aims are those of the issue that asked for the command; a blank one is only watched. */
const cases = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'aisafe --version', args: [bin, '--version'], aim: 1.3 },
  { name: 'aisafe --help', args: [bin, '--help'] },
  { name: 'aisafe next', args: [bin, 'next'], aim: 1.7 },
  { name: 'aisafe next --json', args: [bin, 'next', '--json'], aim: 1.7 },
  { name: 'aisafe', args: [bin] },
  { name: 'aisafe status', args: [bin, 'status'] },
  { name: 'aisafe search attention', args: [bin, 'search', 'attention'] },
];

function time({ args }) {
  const start = performance.now();
  const child = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  if (child.status !== 0) throw new Error(`exit ${child.status}: ${args.join(' ')}`);
  return performance.now() - start;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

try {
  for (const each of cases) time(each);
  const times = cases.map(() => []);
  for (let run = 0; run < runs; run += 1) for (const [index, each] of cases.entries()) times[index].push(time(each));
  const floor = median(times[0]);
  console.log(`${runs} interleaved runs, medians; node ${process.version}\n`);
  console.log(`${'command'.padEnd(26)}${'ms'.padStart(8)}${'ratio'.padStart(8)}${'aim'.padStart(8)}`);
  cases.forEach(({ name, aim }, index) => {
    const middle = median(times[index]);
    const ratio = `${(middle / floor).toFixed(2)}x`;
    console.log(
      `${name.padEnd(26)}${middle.toFixed(1).padStart(8)}${ratio.padStart(8)}${(aim ? `${aim}x` : '').padStart(8)}`,
    );
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}
