// Times whole commands against bare `node -e 0`: interleaved runs, so that a machine that slows down slows all of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a command once. Exit 1 is a negative outcome: nothing is due, say. */
export function timeOnce({ file = process.execPath, args, env = {}, before }) {
  before?.();
  const start = performance.now();
  const { status, error, stderr } = spawnSync(file, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ms = performance.now() - start;
  if (error || status === null || status > 1) {
    throw new Error(`exit ${status}: ${file} ${args.join(' ')}\n${error ?? stderr}`);
  }
  return ms;
}

/** The most memory that a run of Node took, in bytes. */
export function peakMemory({ args, env = {}, before }) {
  before?.();
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-memory-'));
  try {
    const report = join(folder, 'bytes');
    const script = join(folder, 'tell.cjs');
    const tell = `require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS))`;
    writeFileSync(script, `process.on('exit', () => ${tell});`);
    timeOnce({ args: ['-r', script, ...args], env });
    return Number(readFileSync(report, 'utf8')) * 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bare = { name: 'node -e 0', args: ['-e', '0'] };

/** Measures the commands and prints a table; `aim` is a ratio to bare Node, `aimMs` a time. */
export function compare(title, commands, runs) {
  const all = [bare, ...commands];
  for (const each of all) timeOnce(each);
  const times = all.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, each] of all.entries()) times[index].push(timeOnce(each));
  }
  const floor = median(times[0]);
  const figures = all.map((each, index) => {
    const ms = median(times[index]);
    const bytes = each.file ? undefined : median(Array.from({ length: Math.min(3, runs) }, () => peakMemory(each)));
    return { ...each, ms, ratio: ms / floor, bytes };
  });
  console.log(`\n${title} (${runs} runs)`);
  printRow('command', 'ms', 'ratio', 'peak MB', 'aim');
  for (const { name, ms, ratio, bytes, aim, aimMs } of figures) {
    const wanted = aim === undefined ? (aimMs === undefined ? '' : `${aimMs} ms`) : `${aim.toFixed(2)}x`;
    const isMissed = ratio > (aim ?? Infinity) || ms > (aimMs ?? Infinity);
    const memory = bytes === undefined ? '' : (bytes / 1024 / 1024).toFixed(0);
    printRow(name, ms.toFixed(1), `${ratio.toFixed(2)}x`, memory, wanted, isMissed ? 'missed' : '');
  }
  return new Map(figures.map((each) => [each.name, each]));
}

export function printRow(name, ms, ratio, memory, aim, note = '') {
  const line = `${name.padEnd(36)}${ms.padStart(10)}${ratio.padStart(9)}${memory.padStart(9)}${aim.padStart(10)}  ${note}`;
  console.log(line.trimEnd());
}
