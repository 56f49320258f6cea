// `lab check` beside Python alone, on a solution whose checks take a few milliseconds each.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, median, printRow, timeOnce } from './measure.js';

const lab = 'tf-attention';
const aimMs = 150;

/** @param aisafe makes a command from a data folder, a name and arguments. */
export function compareLabs({ home, root, aisafe, runs }) {
  const run = (...words) => {
    const { args, env } = aisafe(home, '', ['lab', ...words, '--json']);
    return JSON.parse(spawnSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' }).stdout);
  };
  const { python, hint } = run('doctor').data;
  if (!python) {
    console.log(`\nThere is no Python with NumPy here (${hint}): labs are not measured.`);
    return;
  }
  const { folder } = run('start', lab, '--no-predictions').data;
  const stamp = join(home, 'begun');
  const solution = readFileSync(join(root, 'curriculum', 'labs', lab, 'solution.py'), 'utf8');
  writeFileSync(join(folder, 'attention.py'), solution);
  const bare = { name: 'python -c "import numpy"', file: python.executable, args: ['-c', 'import numpy'] };
  const check = aisafe(home, 'aisafe lab check --json', ['lab', 'check', lab, '--json']);
  compare(`A lab, Python ${python.version} with NumPy ${python.numpy}`, [bare, check], runs);

  // The file is loaded right before the first check begins, and notes when.
  const note = `import time\nwith open(${JSON.stringify(stamp)}, "w") as file:\n    file.write(repr(time.time()))\n`;
  writeFileSync(join(folder, 'attention.py'), `${solution}\n${note}`);
  const times = { bare: [], start: [] };
  for (let each = 0; each < runs; each += 1) {
    times.bare.push(timeOnce(bare));
    const begun = performance.timeOrigin + performance.now();
    timeOnce(check);
    times.start.push(Number(readFileSync(stamp, 'utf8')) * 1000 - begun);
  }
  const start = median(times.start);
  const over = start - median(times.bare);
  printRow('until the first check', start.toFixed(1), '', '', '');
  printRow('of it over Python with NumPy', over.toFixed(1), '', '', `${aimMs} ms`, over > aimMs ? 'missed' : '');
}
