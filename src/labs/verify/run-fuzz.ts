import { randomBytes } from 'node:crypto';
import { createEventReader, type LabEvent } from '../../core/lab/lab-event.js';
import { runGrader } from '../grader-process.js';
import { closeChannel, graderConfig, openChannel, type RunRequest } from '../run-lab.js';

export interface FuzzRun {
  readonly results: readonly Extract<LabEvent, { t: 'fuzz' }>[];
  /** Variants that ended the process, as `function:variant`. */
  readonly deadly: readonly string[];
  /** Why fuzzing could not be brought to its end. */
  readonly failure: string | undefined;
}

/** Every function fails in turn, in several ways: time for many runs. */
const runsAtMost = 20;

/** Lets the checks meet wrong return values of every function, a process more for each that ends one. */
export async function runFuzz(request: Omit<RunRequest, 'onCheck' | 'only'>): Promise<FuzzRun> {
  const results: Extract<LabEvent, { t: 'fuzz' }>[] = [];
  const deadly: string[] = [];
  const total = request.lab.lab.limits.total_s * runsAtMost;
  for (;;) {
    const nonce = randomBytes(16).toString('hex');
    const reader = createEventReader(nonce);
    const channel = openChannel(request.events);
    let running: string | undefined;
    let isDone = false;
    let failure: string | undefined;
    const tried = [...results.map(({ fn, variant }) => `${fn}:${variant}`), ...deadly];
    const config = graderConfig(request, { mode: 'fuzz', nonce, seed: request.seed, channel });
    const end = await runGrader({
      python: request.python,
      kit: request.kit,
      env: request.env,
      config: { ...config, fuzz_ok: request.lab.lab.fuzz_ok ?? [], fuzz_skip: tried, total_s: total },
      channel,
      limitMs: (total * Math.max(1, request.timeScale) + 10) * 1000,
      signal: request.signal,
      onLine: (line) => {
        const event = reader.read(line);
        if (event?.t === 'start') running = event.id;
        if (event?.t === 'fuzz') {
          results.push(event);
          running = undefined;
        }
        if (event?.t === 'done') isDone = true;
        if (event?.t === 'fatal') failure = event.message;
      },
      onOutput: () => undefined,
      isOver: () => isDone,
    });
    closeChannel(channel);
    if (isDone || failure !== undefined || end.cause !== 'self') return { results, deadly, failure };
    // Nothing was being tried: the next process would end in the same way.
    if (running === undefined || !running.includes(':')) {
      return { results, deadly, failure: 'Python ended while nothing was being tried' };
    }
    deadly.push(running);
  }
}
