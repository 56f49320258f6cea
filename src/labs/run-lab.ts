import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { LearnerFile } from '../core/lab/fault-trace.js';
import {
  describeCheck,
  emptyRun,
  finishRun,
  foldEnd,
  foldEvent,
  type RunState,
  settledStatuses,
} from '../core/lab/fold-run.js';
import { createEventReader, type PlannedCheck } from '../core/lab/lab-event.js';
import type { CheckResult, LabRun } from '../core/lab/lab-run.js';
import { type SplitOutput, splitOutput } from '../core/lab/split-output.js';
import { type EventChannel, runGrader, type StartedGrader } from './grader-process.js';
import type { LabFolder } from './lab-folder.js';
import type { Environment } from './python-environment.js';

export interface RunRequest {
  readonly lab: LabFolder;
  /** Absolute path of the file that is graded. */
  readonly learnerFile: string;
  readonly seed: number;
  /** Runs these checks alone; what they need is taken for granted. */
  readonly only?: readonly string[] | undefined;
  /** Path of a Python that has NumPy. */
  readonly python: string;
  /** Factor on every time limit, for slow machines. */
  readonly timeScale: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once a check, in the order of their results, when its output is complete. */
  readonly onCheck?: ((check: CheckResult) => void) | undefined;
  /** Left out: that of this process. */
  readonly env?: Environment | undefined;
  /** Folder of the grader's Python half; left out: the one that comes with the program. */
  readonly kit?: string | undefined;
  /** A process that was started ahead with the same Python. */
  readonly started?: StartedGrader | undefined;
  /** How events come back; left out: as the operating system allows. */
  readonly events?: 'descriptor' | 'file' | undefined;
}

/** For the grader to end by itself after its own limit. */
const graceSeconds = 10;

/**
 * Grades a file. The learner's code runs with the learner's rights in a process group of its own; nothing of it is left
 * when the promise settles. An abort gives what is known by then, within half a second.
 * @throws AppError ENVIRONMENT when Python cannot be started or the installation lacks the grader.
 */
export async function runLab(request: RunRequest): Promise<LabRun> {
  return (await runPlanned(request)).run;
}

/** The same, with what the grader says of its checks beforehand; empty when it did not come so far. */
export async function runPlanned(
  request: RunRequest,
): Promise<{ readonly run: LabRun; readonly plan: readonly PlannedCheck[] }> {
  const begun = performance.now();
  const learner = readLearnerFile(request.learnerFile);
  const nonce = randomBytes(16).toString('hex');
  const output = splitOutput(nonce, 'load');
  const limitAt = begun + (request.lab.lab.limits.total_s * Math.max(1, request.timeScale) + graceSeconds) * 1000;
  const announce = createAnnouncer(request, output);

  let state = emptyRun;
  let again = true;
  while (again) {
    const reader = createEventReader(nonce);
    const channel = openChannel(request.events);
    const end = await runGrader({
      python: request.python,
      kit: request.kit,
      env: request.env,
      config: graderConfig(request, { mode: 'check', nonce, seed: request.seed, channel, settled: state }),
      channel,
      limitMs: Math.max(0, limitAt - performance.now()),
      signal: request.signal,
      onLine: (line) => {
        const event = reader.read(line);
        if (event) state = foldEvent(state, event);
        announce(state);
      },
      onOutput: (text) => {
        output.write(text);
        announce(state);
      },
      isOver: () => state.isDone,
      started: request.started,
    });
    closeChannel(channel);
    ({ state, again } = foldEnd(state, end, learner));
    if (!again) output.end();
    announce(state, true);
  }
  const run = finishRun(state, { ...request, ms: Math.round(performance.now() - begun), output });
  return { run, plan: state.plan ?? [] };
}

interface Present {
  readonly mode: 'check' | 'fuzz';
  readonly nonce: string;
  readonly seed: number;
  readonly channel: EventChannel;
  readonly settled?: RunState;
}

/** The line of JSON that the grader's Python half is configured with. */
export function graderConfig(
  request: Pick<RunRequest, 'lab' | 'learnerFile' | 'only' | 'timeScale'>,
  { mode, nonce, seed, channel, settled = emptyRun }: Present,
): Readonly<Record<string, unknown>> {
  const { path, lab } = request.lab;
  return {
    nonce,
    mode,
    lab_dir: path,
    learner_file: resolve(request.learnerFile),
    functions: lab.functions,
    forbid: { imports: lab.forbid?.imports ?? [], calls: lab.forbid?.calls ?? [] },
    seed,
    only: request.only ?? null,
    settled: settledStatuses(settled),
    time_scale: request.timeScale,
    total_s: lab.limits.total_s,
    memory_mb: lab.limits.memory_mb,
    events: channel.type === 'file' ? { path: channel.path } : 'fd3',
  };
}

/** Opens the way back for events. */
export function openChannel(wanted: RunRequest['events']): EventChannel {
  const type = wanted ?? (process.platform === 'win32' ? 'file' : 'descriptor');
  if (type === 'descriptor') return { type };
  return { type, path: join(mkdtempSync(join(tmpdir(), 'aisafe-lab-')), 'events.jsonl') };
}

export function closeChannel(channel: EventChannel): void {
  if (channel.type === 'file') rmSync(dirname(channel.path), { recursive: true, force: true });
}

/** The file's lines, for places in it that Python names only by number. A file that cannot be read is the grader's finding. */
function readLearnerFile(path: string): LearnerFile {
  const absolute = resolve(path);
  try {
    return { path: absolute, lines: readFileSync(absolute, 'utf8').split('\n') };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { path: absolute, lines: [] };
    throw error;
  }
}

/**
 * Tells of each check once. Events and output come through different pipes, so a result waits until the output has
 * passed on to the next section.
 */
function createAnnouncer({ onCheck }: RunRequest, output: SplitOutput) {
  const told = new Set<string>();
  return (state: RunState, isProcessOver = false) => {
    if (!onCheck) return;
    for (const id of state.outcomes.keys()) {
      if (told.has(id)) continue;
      const check = state.plan?.find((planned) => planned.id === id);
      if (!check || !(isProcessOver || output.isClosed(id))) return;
      told.add(id);
      onCheck(describeCheck(state, check, output.section(id)));
    }
  };
}
