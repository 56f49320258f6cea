import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyRun,
  finishRun,
  foldEnd,
  foldEvent,
  type ProcessEnd,
  settledStatuses,
} from '../../../src/core/lab/fold-run.js';
import type { LabEvent } from '../../../src/core/lab/lab-event.js';
import { firstRed, type LabRun } from '../../../src/core/lab/lab-run.js';

const planned = (id: string, needs: string[] = []) => ({ id, title: id, needs, timeout: 5, hint: null, uses: [] });
const result = (id: string, status: Extract<LabEvent, { t: 'check' }>['status'] = 'pass'): LabEvent => ({
  t: 'check',
  id,
  status,
  ms: 1,
  message: null,
  details: null,
  where: null,
});
const hello: LabEvent = { t: 'hello', python: '3.12', numpy: '2.0', executable: '/python', boot_ms: 90 };
const plan: LabEvent = { t: 'plan', checks: [planned('a'), planned('b'), planned('c', ['b'])] };
const loaded: LabEvent = { t: 'load', status: 'ok', message: null, where: null };
const green: readonly LabEvent[] = [
  hello,
  plan,
  loaded,
  ...['a', 'b', 'c'].flatMap((id): LabEvent[] => [{ t: 'start', id }, result(id)]),
  { t: 'done' },
];

const left: ProcessEnd = { cause: 'self', code: 0, signal: null, faults: '' };
const learner = { path: '/lab/small.py', lines: ['def a():', '    loop()'] };
const facts = { seed: 1, timeScale: 1, ms: 10, output: { section: () => '', left: () => 0 } };

function runOf(events: readonly LabEvent[], end: ProcessEnd = left, more: object = {}): LabRun {
  return finishRun(foldEnd(events.reduce(foldEvent, emptyRun), end, learner).state, { ...facts, ...more });
}

describe('a run', () => {
  it('passes when every check does and the grader says so to the end', () => {
    expect(runOf(green)).toMatchObject({ verdict: 'passed', reason: null, bootMs: 90, python: { numpy: '2.0' } });
  });

  it('does not pass without any one of the events that say so', () => {
    // A start is only for the one that dies in it; the greeting only tells the versions.
    for (const [at, event] of green.entries()) {
      const without = runOf(green.toSpliced(at, 1));
      expect(without.verdict === 'passed').toBe(event.t === 'start' || event.t === 'hello');
    }
  });

  it('does not pass with fewer events, whatever their order', () => {
    const some = fc.subarray([...green], { maxLength: green.length - 1 });
    const mixed = some.chain((events) => fc.shuffledSubarray(events, { minLength: events.length }));
    fc.assert(
      fc.property(mixed, (events) => {
        const needed = green.filter(({ t }) => t !== 'start' && t !== 'hello');
        fc.pre(!needed.every((event) => events.includes(event)));
        expect(runOf(events).verdict).not.toBe('passed');
      }),
    );
  });

  it('keeps the first result of a check, and none that was not planned', () => {
    const run = runOf([...green.slice(0, 4), result('a', 'fail'), result('a'), result('z'), ...green.slice(5)]);
    expect(run.checks.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'fail'],
      ['b', 'pass'],
      ['c', 'pass'],
    ]);
    expect(run.verdict).toBe('not-yet');
    expect(firstRed(run)?.id).toBe('a');
  });

  it('does not pass in part, or with shorter limits', () => {
    expect(runOf(green, left, { only: ['a', 'b', 'c'] })).toMatchObject({ verdict: 'not-yet', fullRun: false });
    expect(runOf(green, left, { timeScale: 0.99 })).toMatchObject({ verdict: 'not-yet' });
  });

  it('keeps the last value of a metric', () => {
    const metric = (value: number): LabEvent => ({ t: 'metric', id: 'a', name: 'gap', value });
    expect(runOf([...green, metric(1), metric(2)]).metrics).toEqual([{ check: 'a', name: 'gap', value: 2 }]);
  });
});

describe('a process that dies', () => {
  const dying = [hello, plan, loaded, { t: 'start', id: 'a' }] as const satisfies readonly LabEvent[];

  it('in a check has crashed it, and another goes on with the rest', () => {
    const after = foldEnd(dying.reduce(foldEvent, emptyRun), { ...left, code: null, signal: 'SIGSEGV' }, learner);
    expect(after.again).toBe(true);
    expect(settledStatuses(after.state)).toEqual({ a: 'crash' });
    const rest = [hello, plan, loaded, result('b'), result('c'), { t: 'done' }] as const satisfies readonly LabEvent[];
    const run = finishRun(foldEnd(rest.reduce(foldEvent, after.state), left, learner).state, facts);
    expect(run.checks.map(({ status }) => status)).toEqual(['crash', 'pass', 'pass']);
    expect(run.checks[0]?.message).toMatch(/segmentation fault/);
    expect(run).toMatchObject({ verdict: 'not-yet', reason: null });
  });

  it('in a check at its limit has timed it out, at the line that the trace names', () => {
    const faults = [
      'Timeout (0:00:05)!',
      'Thread 0x00007f01 (most recent call first):',
      '  File "/usr/lib/python3/threading.py", line 9 in wait',
      'Thread 0x00007f02 (most recent call first):',
      '  File "/usr/lib/python3/re.py", line 3 in match',
      '  File "/lab/small.py", line 2 in a',
      '  File "/kit/run.py", line 1 in <module>',
    ].join('\n');
    const [check] = runOf(dying, { ...left, code: 1, faults }).checks;
    const where = { file: '/lab/small.py', line: 2, func: 'a', code: 'loop()' };
    expect(check).toMatchObject({ status: 'timeout', where, chain: [where] });
  });

  it.each([
    [[], 'could-not-check', 'DIED'],
    [[hello], 'could-not-check', 'DIED'],
    [[hello, plan], 'not-yet', 'LOAD_FAILED'],
    [[hello, plan, loaded], 'not-yet', 'DIED'],
    [green.slice(0, -1), 'not-yet', 'NO_DONE'],
  ] as const)('after %# events gives a reason', (events, verdict, code) => {
    expect(runOf(events)).toMatchObject({ verdict, reason: { code } });
  });

  it('without a word says what it wrote last', () => {
    const run = runOf([], { ...left, code: 2, faults: 'x\nrun.py: no such file\n' });
    expect(run.reason?.message).toBe('Python ended before the lab began: exit code 2: run.py: no such file');
  });

  it('because it was killed at the end of its time, or called off, is not started again', () => {
    const limit = foldEnd(dying.reduce(foldEvent, emptyRun), { ...left, cause: 'limit' }, learner);
    expect(limit).toMatchObject({ again: false, state: { reason: { code: 'TIMEOUT' } } });
    expect(settledStatuses(limit.state)).toEqual({ a: 'timeout' });
    const abort = foldEnd(dying.reduce(foldEvent, emptyRun), { ...left, cause: 'abort' }, learner);
    expect(abort).toMatchObject({ again: false, state: { reason: { code: 'INTERRUPTED' } } });
    expect(runOf(dying, { ...left, cause: 'abort' }).verdict).toBe('could-not-check');
  });
});

describe('a fault that is not the learner’s', () => {
  it('is never told as a red check', () => {
    const broken = runOf([hello, plan, loaded, result('a', 'grader_error'), result('b', 'fail'), { t: 'done' }]);
    expect(broken).toMatchObject({ verdict: 'could-not-check', reason: { code: 'GRADER_ERROR' } });
    const noNumpy = runOf([{ t: 'fatal', kind: 'numpy', message: 'gone' }]);
    expect(noNumpy).toMatchObject({ verdict: 'could-not-check', reason: { code: 'NO_NUMPY', message: 'gone' } });
  });
});
