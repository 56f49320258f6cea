import type { PlannedCheck } from '../../core/lab/lab-event.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import { runLab } from '../run-lab.js';
import { describeRun, runSettings, type Subject } from './package.js';
import type { LabReport } from './report.js';
import { runSeeds } from './run-seeds.js';

/** Fixtures that train know this many states; every one of them is tried. */
const poolSize = 24;
/** A check may use this share of its limit here, so that it does not run out of time on a slower machine. */
const share = 1 / 3;

export interface SolutionOutcome {
  readonly seeds: number;
  readonly slowestCheck: LabReport['slowestCheck'];
  readonly messages: readonly string[];
}

/** The seeds that the solution must pass on: those of the pool, and far-away ones that are the same every time. */
export function solutionSeeds(random: number): readonly number[] {
  const pool = Array.from({ length: poolSize }, (_, index) => index);
  return [...pool, ...Array.from({ length: random }, (_, index) => 10_007 + 7919 * index)];
}

/** The solution passes on every seed, with time to spare, and measures what the learner is asked to predict. */
export async function checkSolution(subject: Subject, plan: readonly PlannedCheck[]): Promise<SolutionOutcome> {
  const timeouts = new Map(plan.map(({ id, timeout }) => [id, timeout]));
  const file = await subject.bench.place('solution', subject.solution);
  const settings = runSettings(subject, file);
  const seeds = solutionSeeds(subject.lab.lab.random_seeds ?? 0);
  const runs: LabRun[] = [];
  for (let at = 0; at < seeds.length && !subject.signal?.aborted; at += poolSize) {
    subject.onProgress?.(`solution, seed ${at + 1} of ${seeds.length}`);
    runs.push(...(await runSeeds(settings, seeds.slice(at, at + poolSize))));
    // A solution that fails every seed says the same each time.
    if (runs.every(({ verdict }) => verdict !== 'passed')) break;
  }
  const messages = summarise(runs.filter(({ verdict }) => verdict !== 'passed'));
  messages.push(...missingMetrics(subject, runs));
  const limitMs = (id: string) => (timeouts.get(id) ?? 0) * 1000 * settings.timeScale;
  const slow = slowest(runs, limitMs);
  if (slow && slow.ms > share * limitMs(slow.id) && !subject.signal?.aborted) {
    // Another program may have had the processor: only what is slow twice is slow.
    const again = await runLab({ ...settings, seed: slow.seed });
    const ms = Math.min(slow.ms, again.checks.find(({ id }) => id === slow.id)?.ms ?? slow.ms);
    if (ms > share * limitMs(slow.id)) {
      const limit = timeouts.get(slow.id);
      messages.push(`${slow.id} took ${Math.round(ms)} ms of its ${limit} s on seed ${slow.seed}: more than a third`);
    }
  }
  return {
    seeds: runs.length,
    slowestCheck: slow ? { id: slow.id, ms: Math.round(slow.ms), timeout: timeouts.get(slow.id) ?? 0 } : null,
    messages,
  };
}

/** One message for each way to fail, with the seeds. */
function summarise(failed: readonly LabRun[]): string[] {
  const ways = new Map<string, { readonly run: LabRun; readonly seeds: number[] }>();
  for (const run of failed) {
    const red = run.checks.filter(({ status }) => status !== 'pass').map(({ id, status }) => `${id} ${status}`);
    const way = `${run.reason?.code ?? ''} ${red.join(' ')}`;
    const known = ways.get(way);
    if (known) known.seeds.push(run.seed);
    else ways.set(way, { run, seeds: [run.seed] });
  }
  return [...ways.values()].map(({ run, seeds }) => `on seed ${listSeeds(seeds)}: ${describeRun(run)}`);
}

function listSeeds(seeds: readonly number[]): string {
  const shown = seeds.slice(0, 6).join(', ');
  return seeds.length > 6 ? `${shown} and ${seeds.length - 6} more` : shown;
}

function missingMetrics({ lab: { lab } }: Subject, runs: readonly LabRun[]): readonly string[] {
  const whole = runs.filter(({ verdict }) => verdict === 'passed');
  return (lab.predict ?? []).flatMap(({ id, metric }) => {
    const lacking = whole.filter(({ metrics }) => !metrics.some(({ name }) => name === metric));
    if (lacking.length === 0) return [];
    return [
      `predict: ${id} asks for the metric ${metric}, which is not emitted on seed ${listSeeds(lacking.map(({ seed }) => seed))}`,
    ];
  });
}

interface Slow {
  readonly id: string;
  readonly ms: number;
  readonly seed: number;
}

function slowest(runs: readonly LabRun[], limitMs: (id: string) => number): Slow | undefined {
  let found: Slow | undefined;
  for (const { seed, checks } of runs) {
    for (const { id, ms } of checks) {
      if (!found || ms / limitMs(id) > found.ms / limitMs(found.id)) found = { id, ms, seed };
    }
  }
  return found;
}
