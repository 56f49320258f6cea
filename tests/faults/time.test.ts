import { describe, expect, it } from 'vitest';
import { inspectStore, runProgram, tempFolder } from './harness.js';

async function logAt(home: string, now: string, zone: string, minutes: number): Promise<void> {
  const argv = ['log', 'compare-roles', '--minutes', String(minutes)];
  const { code, stderr } = await runProgram(home, argv, { env: { AISAFE_NOW: now, TZ: zone } });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
}

async function exported(home: string) {
  const { stdout } = await runProgram(home, ['export', '--format', 'json'], { env: { TZ: 'UTC' } });
  const { events, tasks } = JSON.parse(stdout).data;
  const days: string[] = events.map(({ day }: { day: string }) => day);
  return { days, minutes: tasks.find(({ id }: { id: string }) => id === 'compare-roles').minutes };
}

describe('a clock that', () => {
  it('is set back by minutes and by years keeps every event, and the store holds together', async () => {
    const home = tempFolder();
    await logAt(home, '2026-11-23T18:00:00Z', 'UTC', 1);
    await logAt(home, '2026-11-23T17:30:00Z', 'UTC', 2);
    await logAt(home, '2025-01-01T12:00:00Z', 'UTC', 4);
    await logAt(home, '2026-11-24T18:00:00Z', 'UTC', 8);
    expect((await exported(home)).minutes).toBe(15);
    expect(inspectStore(home).failed).toEqual([]);
  });

  it('changes its zone counts an evening to the day that the learner lived', async () => {
    const home = tempFolder();
    // 23:30 in Berlin, and 07:30 of the next day in Tokyo, are one instant apart by an hour.
    await logAt(home, '2026-06-10T21:30:00Z', 'Europe/Berlin', 1);
    await logAt(home, '2026-06-10T22:30:00Z', 'Asia/Tokyo', 2);
    await logAt(home, '2026-06-10T23:30:00Z', 'America/Los_Angeles', 4);
    expect(await exported(home)).toEqual({ days: ['2026-06-10', '2026-06-11', '2026-06-10'], minutes: 7 });
    expect(inspectStore(home).failed).toEqual([]);
  });

  it('goes through the change to and from summer time rolls over at four in the morning', async () => {
    const home = tempFolder();
    // Spring: 02:00 becomes 03:00 on 29 March 2026 in Berlin. Autumn: 03:00 becomes 02:00 on 25 October.
    const instants = [
      ['2026-03-29T01:59:00Z', '2026-03-28'], // 03:59 summer time
      ['2026-03-29T02:00:00Z', '2026-03-29'], // 04:00 summer time
      ['2026-10-25T00:30:00Z', '2026-10-24'], // 02:30 summer time
      ['2026-10-25T01:30:00Z', '2026-10-24'], // 02:30 again, winter time
      ['2026-10-25T02:59:00Z', '2026-10-24'], // 03:59 winter time
      ['2026-10-25T03:00:00Z', '2026-10-25'], // 04:00 winter time
    ] as const;
    for (const [now] of instants) await logAt(home, now, 'Europe/Berlin', 1);
    expect((await exported(home)).days).toEqual(instants.map(([, day]) => day));
    expect(inspectStore(home).failed).toEqual([]);
  });

  it('stands at the end of February counts on over the leap day', async () => {
    const home = tempFolder();
    for (const now of ['2028-02-28T12:00:00Z', '2028-02-29T12:00:00Z', '2028-03-01T12:00:00Z']) {
      await logAt(home, now, 'UTC', 1);
    }
    expect((await exported(home)).days).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    const { code } = await runProgram(home, ['defer', 'compare-roles', '--days', '1'], {
      env: { AISAFE_NOW: '2028-02-28T12:00:00Z', TZ: 'UTC' },
    });
    expect(code).toBe(0);
    const { stdout } = await runProgram(home, ['show', 'compare-roles', '--json']);
    expect(stdout).toContain('2028-02-29');
  });
});
