import { describe, expect, it } from 'vitest';
import { isAided, type LabState, labStanding } from '../../../src/core/progress/lab-state.js';
import { progressOf, sampleEvent } from '../../helpers/progress.js';

const subject = 'lab/sample/tf-attention';
const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T18:00:00.000Z`;
const run = (day: number, passed: boolean, fullRun = true, seed = day) =>
  sampleEvent(
    'lab.checked',
    subject,
    {
      seed,
      fullRun,
      passed: passed && fullRun,
      ms: 1,
      python: '3.11.2',
      numpy: '1.24.2',
      labVersion: 'abc',
      sourceSha: 'a'.repeat(64),
      checks: [],
      metrics: [],
      topic: passed ? null : 'softmax',
    },
    at(day),
  );
const seen = (day: number) => sampleEvent('lab.solution-seen', subject, { gaveUp: true }, at(day));
const reset = (day: number) => sampleEvent('lab.reset', subject, { copy: null }, at(day));

function stateOf(...events: Parameters<typeof progressOf>[0]): LabState | undefined {
  return progressOf(events).lab.get('sample/tf-attention');
}

describe('where a learner stands with a lab', () => {
  it('keeps the seed of a failing full run until a full run passes', () => {
    expect(stateOf(run(1, false))?.failedSeed).toBe(1);
    expect(stateOf(run(1, false), run(2, false, false))?.failedSeed).toBe(1);
    expect(stateOf(run(1, false), run(2, true))?.failedSeed).toBeNull();
  });

  it('is passed by a full run alone', () => {
    expect(labStanding(stateOf(run(1, true, false)))).toBe('started');
    expect(labStanding(stateOf(run(1, true)))).toBe('passed');
  });

  it('is assisted when the solution was seen first', () => {
    expect(labStanding(stateOf(seen(1), run(1, true)))).toBe('assisted');
    expect(labStanding(stateOf(run(1, true), seen(1), run(2, true)))).toBe('passed');
  });

  it('is passed after all once it was solved from the starter on a later study day', () => {
    expect(labStanding(stateOf(seen(1), run(1, true), run(2, true)))).toBe('assisted');
    expect(labStanding(stateOf(seen(1), run(1, true), reset(1), run(1, true)))).toBe('assisted');
    expect(labStanding(stateOf(seen(1), run(1, true), reset(1), run(2, true)))).toBe('passed');
    expect(labStanding(stateOf(seen(1), reset(2), seen(3), run(3, true)))).toBe('assisted');
  });

  it('trusts code on the device that said so alone', () => {
    const trusted = sampleEvent('lab.trusted', subject, { hash: 'a'.repeat(64) });
    expect(stateOf(trusted)?.trusted).toEqual({ here: 'a'.repeat(64) });
    expect(isAided(stateOf(trusted), '2026-11-01')).toBe(false);
  });
});
