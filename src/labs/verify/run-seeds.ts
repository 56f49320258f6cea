import { randomBytes } from 'node:crypto';
import { emptyRun, finishRun, foldEvent, type RunState } from '../../core/lab/fold-run.js';
import { createEventReader, type LabEvent } from '../../core/lab/lab-event.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import { runGrader } from '../grader-process.js';
import { closeChannel, graderConfig, openChannel, type RunRequest, runLab } from '../run-lab.js';

type SeedsRequest = Omit<RunRequest, 'seed' | 'onCheck'>;

/**
 * Grades a file on several seeds, in one process as long as it lives: starting Python and NumPy costs more than many a
 * lab. Seeds that the process did not live to finish are run one by one.
 */
export async function runSeeds(request: SeedsRequest, seeds: readonly number[]): Promise<readonly LabRun[]> {
  const [only] = seeds;
  if (seeds.length === 1 && only !== undefined) return [await runLab({ ...request, seed: only })];
  const finished = await runTogether(request, seeds);
  const runs: LabRun[] = [];
  for (const seed of seeds) {
    if (request.signal?.aborted) break;
    runs.push(finished.get(seed) ?? (await runLab({ ...request, seed })));
  }
  return runs;
}

async function runTogether(request: SeedsRequest, seeds: readonly number[]): Promise<ReadonlyMap<number, LabRun>> {
  const nonce = randomBytes(16).toString('hex');
  const reader = createEventReader(nonce);
  const events: LabEvent[] = [];
  const channel = openChannel(request.events);
  const total = request.lab.lab.limits.total_s * seeds.length;
  const config = graderConfig(request, { mode: 'check', nonce, seed: seeds[0] ?? 0, channel });
  await runGrader({
    python: request.python,
    kit: request.kit,
    env: request.env,
    config: { ...config, seeds, total_s: total },
    channel,
    limitMs: (total * Math.max(1, request.timeScale) + 10) * 1000,
    signal: request.signal,
    onLine: (line) => {
      const event = reader.read(line);
      if (event) events.push(event);
    },
    onOutput: () => undefined,
    isOver: () => events.at(-1)?.t === 'done',
  });
  closeChannel(channel);
  return splitBySeed(events, request, seeds);
}

/** The runs that came to their end. What comes before the first seed (Python, plan, loading) belongs to all. */
function splitBySeed(
  events: readonly LabEvent[],
  request: SeedsRequest,
  seeds: readonly number[],
): ReadonlyMap<number, LabRun> {
  const factsOf = (seed: number) => {
    const { only, timeScale } = request;
    return { seed, only, timeScale, ms: 0, output: noOutput };
  };
  const runs = new Map<number, LabRun>();
  const starts = events.flatMap((event, at) => (event.t === 'seed' ? [{ seed: event.seed, at }] : []));
  const shared = events.slice(0, starts[0]?.at ?? events.length).reduce(foldEvent, emptyRun);
  // What is wrong before the first seed is wrong for all.
  if (shared.reason) return new Map(seeds.map((seed) => [seed, finishRun(shared, factsOf(seed))]));
  for (const [index, { seed, at }] of starts.entries()) {
    const next = starts[index + 1];
    const own = events.slice(at + 1, next?.at);
    const state = own.reduce(foldEvent, shared);
    // A seed is over when another one begins; the last when all is over.
    const isWhole = next !== undefined || state.isDone;
    if (!isWhole || !hasAllResults(state)) continue;
    runs.set(seed, finishRun({ ...state, isDone: true }, factsOf(seed)));
  }
  return runs;
}

function hasAllResults({ plan, outcomes }: RunState): boolean {
  return plan?.every(({ id }) => outcomes.has(id)) === true;
}

const noOutput = { section: () => '', left: () => 0 };
