import type { PlannedCheck } from '../../core/lab/lab-event.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import type { LabReport } from '../../core/lab/verify-report.js';
import { runLab } from '../run-lab.js';
import { describeRun, runSettings, type Subject } from './package.js';
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
function solutionSeeds(random: number): readonly number[] {
  const pool = Array.from({ length: poolSize }, (_, index) => index);
  return [...pool, ...Array.from({ length: random }, (_, index) => 10_007 + 7919 * index)];
}

/** The solution passes on every seed, with time to spare, and measures what the learner is asked to predict. */
export async function checkSolution(subject: Subject, plan: readonly PlannedCheck[]): Promise<SolutionOutcome> {
  const timeouts = new Map(plan.map(({ id, timeout }) => [id, timeout]));
  const file = await subject.bench.place('solution', subject.solution, 'solved');
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
  messages.push(...checkPredictions(subject, runs));
  const limitMs = (id: string) => (timeouts.get(id) ?? 0) * 1000 * settings.timeScale;
  const slow = slowest(runs, limitMs);
  if (slow) messages.push(...(await checkPace(subject, { settings, slow, limitMs: limitMs(slow.id) })));
  return {
    seeds: runs.length,
    slowestCheck: slow ? { id: slow.id, ms: Math.round(slow.ms), timeout: timeouts.get(slow.id) ?? 0 } : null,
    messages,
  };
}

interface Pace {
  readonly settings: ReturnType<typeof runSettings>;
  readonly slow: Slow;
  readonly limitMs: number;
}

/** Another program may have had the processor: only a check that is slow every time is slow. */
async function checkPace({ signal }: Subject, { settings, slow, limitMs }: Pace): Promise<readonly string[]> {
  let { ms } = slow;
  for (let again = 0; again < 3 && ms > share * limitMs && !signal?.aborted; again++) {
    const run = await runLab({ ...settings, seed: slow.seed });
    ms = Math.min(ms, run.checks.find(({ id }) => id === slow.id)?.ms ?? ms);
  }
  if (ms <= share * limitMs) return [];
  const limit = limitMs / 1000;
  return [`${slow.id} took ${Math.round(ms)} ms of its ${limit} s on seed ${slow.seed}: more than a third`];
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

/** What the learner is asked to predict is measured each time, and comes out alike on every seed of the pool. */
function checkPredictions({ lab: { lab } }: Subject, runs: readonly LabRun[]): readonly string[] {
  const whole = runs.filter(({ verdict }) => verdict === 'passed');
  return (lab.predict ?? []).flatMap(({ id, kind, metric, within }) => {
    const measured = ({ metrics }: LabRun) => metrics.find(({ name }) => name === metric)?.value;
    const lacking = whole.filter((run) => measured(run) === undefined).map(({ seed }) => seed);
    if (lacking.length > 0) {
      return [`predict: ${id} asks for the metric ${metric}, which is not emitted on seed ${listSeeds(lacking)}`];
    }
    const values = whole.filter(({ seed }) => seed < poolSize).flatMap((run) => measured(run) ?? []);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const isAlike =
      kind === 'number' ? high - low <= 2 * within : directionOf(low, within) === directionOf(high, within);
    if (values.length === 0 || isAlike) return [];
    const range = `${low.toPrecision(4)} to ${high.toPrecision(4)}`;
    return [`predict: ${id}: ${metric} is ${range} over the pool, so that no one ${kind} is right within ${within}`];
  });
}

function directionOf(value: number, within: number): number {
  return Math.abs(value) <= within ? 0 : Math.sign(value);
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
