/**
 * Folds the events of one or more processes, and how these ended, into the result of a run. A run has passed only when
 * the grader said so to the end: whatever is missing counts against it.
 */
import { type FaultTrace, type LearnerFile, readFaultTrace } from './fault-trace.js';
import type { EventPlace, LabEvent, PlannedCheck } from './lab-event.js';
import type { CheckResult, CheckStatus, LabRun, Metric, Place, PythonUsed, Reason } from './lab-run.js';

/** A check that has its result, without what was printed meanwhile. */
type Outcome = Pick<CheckResult, 'status' | 'ms' | 'message' | 'details' | 'where' | 'chain'>;

export interface RunState {
  readonly python: PythonUsed | null;
  readonly bootMs: number;
  /** Undefined until the grader has been read. */
  readonly plan: readonly PlannedCheck[] | undefined;
  readonly isLoaded: boolean;
  /** Check that has begun in the present process and has no result yet. */
  readonly running: string | undefined;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly metrics: readonly Metric[];
  readonly isDone: boolean;
  readonly reason: Reason | null;
}

export const emptyRun: RunState = {
  python: null,
  bootMs: 0,
  plan: undefined,
  isLoaded: false,
  running: undefined,
  outcomes: new Map(),
  metrics: [],
  isDone: false,
  reason: null,
};

/** The next state after an event. Events that do not fit (an unplanned check, a second result) change nothing. */
export function foldEvent(state: RunState, event: LabEvent): RunState {
  switch (event.t) {
    case 'hello': {
      if (state.python) return state;
      const { executable, python: version, numpy } = event;
      return { ...state, python: { executable, version, numpy }, bootMs: event.boot_ms };
    }
    case 'plan':
      return state.plan ? state : { ...state, plan: event.checks };
    case 'load':
      return event.status === 'ok' ? { ...state, isLoaded: true } : { ...state, reason: loadReason(event) };
    case 'start':
      return isOpen(state, event.id) ? { ...state, running: event.id } : state;
    case 'check': {
      if (!isOpen(state, event.id)) return state;
      const { status, ms, details } = event;
      const outcome = { status, ms, message: event.message ?? '', details, ...splitPlace(event.where) };
      return settle(state, event.id, outcome);
    }
    case 'metric':
      return addMetric(state, { check: event.id, name: event.name, value: event.value });
    case 'done':
      return { ...state, isDone: true };
    case 'fatal':
      return { ...state, reason: fatalReason(event) };
    case 'seed':
    case 'fuzz':
      return state;
  }
}

/** How a process ended, as the operating system and the one who ran it know. */
export interface ProcessEnd {
  /** self: by itself · limit: killed at the run's time limit · abort: killed because the run was called off. */
  readonly cause: 'self' | 'limit' | 'abort';
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote to its diagnostics. */
  readonly faults: string;
}

export interface AfterEnd {
  readonly state: RunState;
  /** Should another process go on with the checks that are left? */
  readonly again: boolean;
}

/** The state after a process has ended. A check it died in gets its result here, and the rest another process. */
export function foldEnd(state: RunState, end: ProcessEnd, learner: LearnerFile): AfterEnd {
  const stop = (reason: Reason): AfterEnd => ({
    state: { ...state, reason: state.reason ?? reason, running: undefined },
    again: false,
  });
  if (end.cause === 'abort') return stop({ code: 'INTERRUPTED', message: 'interrupted', where: null });
  if (state.isDone || state.reason) return { state: { ...state, running: undefined }, again: false };

  const trace = readFaultTrace(end.faults, learner);
  const where = trace?.where ?? null;
  if (state.running !== undefined) {
    const settled = settle(state, state.running, deathOutcome(end, trace));
    if (end.cause === 'self') return { state: settled, again: true };
    const message = 'the lab ran out of its time';
    return { state: { ...settled, reason: { code: 'TIMEOUT', message, where } }, again: false };
  }
  if (end.cause === 'limit') {
    return stop({ code: 'TIMEOUT', message: 'the lab ran out of its time', where });
  }
  if (!state.plan) {
    const said = end.faults.trimEnd().split('\n').at(-1);
    const last = said ? `: ${said.slice(0, 300)}` : '';
    const message = `Python ended before the lab began: ${describeEnd(end)}${last}`;
    return stop({ code: 'DIED', message, where: null });
  }
  if (!state.isLoaded) {
    const message =
      trace?.kind === 'timeout'
        ? 'your file was still being loaded at the time limit, and could not be interrupted'
        : `Python ended while your file was loaded: ${describeEnd(end)}`;
    return stop({ code: 'LOAD_FAILED', message, where });
  }
  if (state.plan.every(({ id }) => state.outcomes.has(id))) {
    return stop({ code: 'NO_DONE', message: `Python ended before the lab was over: ${describeEnd(end)}`, where });
  }
  return stop({ code: 'DIED', message: `Python ended between two checks: ${describeEnd(end)}`, where });
}

export interface RunFacts {
  readonly seed: number;
  /** Checks that were asked for; left out: all. */
  readonly only?: readonly string[] | undefined;
  readonly timeScale: number;
  readonly ms: number;
  readonly output: { section(id: string): string; left(): number };
}

/** The result of a run, whole or broken off. */
export function finishRun(state: RunState, facts: RunFacts): LabRun {
  const { seed, only, timeScale, ms, output } = facts;
  const planned = (state.plan ?? []).filter(({ id }) => !only || only.includes(id));
  const checks = planned.map((check) => describeCheck(state, check, output.section(check.id)));
  const broken = checks.find(({ status }) => status === 'grader_error');
  const reason = state.reason ?? (broken ? brokenGrader(broken) : missingDone(state));
  const run = {
    reason,
    seed,
    fullRun: only === undefined,
    timeScale,
    checks,
    metrics: state.metrics,
    output: { load: output.section('load'), left: output.left() },
    python: state.python,
    ms,
    bootMs: state.bootMs,
  };
  return { verdict: decide(state, run, broken !== undefined), ...run };
}

/** A check of the plan as it stands: its result, or that it was not run. */
export function describeCheck(state: RunState, check: PlannedCheck, output: string): CheckResult {
  const { id, title, hint, uses } = check;
  const outcome = state.outcomes.get(id) ?? notRun(state);
  return { id, title, ...outcome, hint, uses, output };
}

/** What a further process need not run again, by id. */
export function settledStatuses(state: RunState): Record<string, CheckStatus> {
  return Object.fromEntries([...state.outcomes].map(([id, { status }]) => [id, status]));
}

function decide(state: RunState, run: Omit<LabRun, 'verdict'>, isBroken: boolean): LabRun['verdict'] {
  const code = run.reason?.code;
  if (isBroken || !state.plan || code === 'GRADER_ERROR' || code === 'NO_NUMPY' || code === 'INTERRUPTED') {
    return 'could-not-check';
  }
  const isWhole = state.isDone && state.isLoaded && run.reason === null && run.fullRun && run.timeScale >= 1;
  const isGreen = run.checks.length > 0 && run.checks.every(({ status }) => status === 'pass');
  return isWhole && isGreen ? 'passed' : 'not-yet';
}

function isOpen(state: RunState, id: string): boolean {
  return !state.outcomes.has(id) && state.plan?.some((check) => check.id === id) === true;
}

function settle(state: RunState, id: string, outcome: Outcome): RunState {
  return {
    ...state,
    running: state.running === id ? undefined : state.running,
    outcomes: new Map(state.outcomes).set(id, outcome),
  };
}

function addMetric(state: RunState, metric: Metric): RunState {
  const others = state.metrics.filter(({ check, name }) => check !== metric.check || name !== metric.name);
  return { ...state, metrics: [...others, metric] };
}

function splitPlace(where: EventPlace): { readonly where: Place | null; readonly chain: readonly Place[] } {
  if (!where) return { where: null, chain: [] };
  const { chain, ...place } = where;
  return { where: place, chain };
}

function loadReason({ status, message, where }: Extract<LabEvent, { t: 'load' }>): Reason {
  return {
    code: status === 'forbidden' ? 'FORBIDDEN' : 'LOAD_FAILED',
    message: message ?? 'the file could not be loaded',
    where: splitPlace(where).where,
  };
}

function fatalReason({ kind, message }: Extract<LabEvent, { t: 'fatal' }>): Reason {
  return { code: kind === 'numpy' ? 'NO_NUMPY' : 'GRADER_ERROR', message, where: null };
}

function brokenGrader({ id, message }: CheckResult): Reason {
  return { code: 'GRADER_ERROR', message: `the check “${id}” is faulty: ${message}`, where: null };
}

function missingDone(state: RunState): Reason | null {
  return state.isDone ? null : { code: 'NO_DONE', message: 'Python ended before the lab was over', where: null };
}

function notRun(state: RunState): Outcome {
  const why = state.reason && !state.isLoaded ? 'not run: your file could not be loaded' : 'not run';
  return { status: 'skip', ms: 0, message: why, details: null, where: null, chain: [] };
}

function deathOutcome(end: ProcessEnd, trace: FaultTrace | undefined): Outcome {
  const { where = null, chain = [] } = trace ?? {};
  const isTimeout = end.cause === 'limit' || trace?.kind === 'timeout';
  const message = isTimeout
    ? 'still running at its time limit, and could not be interrupted'
    : `Python ended in the middle of this check: ${describeEnd(end)}`;
  return { status: isTimeout ? 'timeout' : 'crash', ms: 0, message, details: null, where, chain };
}

const signalMeanings: Readonly<Record<string, string>> = {
  SIGSEGV: 'a segmentation fault: native code touched memory that is not its own, or a recursion went too deep',
  SIGBUS: 'a bus error in native code',
  SIGABRT: 'it aborted itself',
  SIGFPE: 'an arithmetic error in native code',
  SIGILL: 'an instruction that this processor does not have',
  SIGKILL: 'it was killed (SIGKILL), most often because memory ran out',
  SIGTERM: 'it was told to end (SIGTERM)',
  SIGXCPU: 'it used more processor time than the lab allows',
};

function describeEnd({ code, signal }: ProcessEnd): string {
  if (signal !== null) return signalMeanings[signal] ?? `the signal ${signal}`;
  if (code === 0) return 'it left by itself (exit code 0), as os._exit does';
  return `exit code ${code ?? 'unknown'}`;
}
