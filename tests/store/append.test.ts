import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/platform/random.js';
import { clockAt, eventsOf, logged, movingClock, newStore, noon, openIn, started, tempFolder } from './temp-store.js';

describe('append', () => {
  it('stamps an event with time, study day, zone and device', () => {
    const store = newStore('s', { clock: clockAt('2026-09-30T01:30:00.000Z', 'Europe/London') });
    const [event] = store.append([started('mlp')]);
    expect(event).toMatchObject({
      at: '2026-09-30T01:30:00.000Z',
      day: '2026-09-29',
      tz: 'Europe/London',
      device: store.device,
      kind: 'task.started',
      subject: 'task/aisafe/mlp',
      revision: 'r1',
      data: {},
    });
    expect(eventsOf(store)).toEqual([event]);
  });

  it('makes all events of one call one action', () => {
    const store = newStore();
    const events = store.append([started('a'), logged('a', 5)]);
    expect(events.map((event) => event.action)).toEqual([events[0]?.id, events[0]?.id]);
  });

  it('stores nothing for no events', () => {
    const store = newStore();
    expect(store.append([])).toEqual([]);
    expect(eventsOf(store)).toEqual([]);
  });

  it('shows in progress at once', () => {
    const store = newStore();
    expect(store.progress().task.size).toBe(0);
    store.append([logged('a', 5)]);
    store.append([logged('a', 7), { kind: 'profile.set', subject: 'profile', data: { hoursPerWeek: 6 } }]);
    expect(store.progress().task.get('aisafe/a')).toMatchObject({ minutes: 12, status: { state: 'started' } });
    expect(store.progress().profile).toEqual({ hoursPerWeek: 6, at: noon });
  });

  it('stores either all events of an action or none', () => {
    const store = newStore();
    const circular: Record<string, string> = {};
    Object.assign(circular, { loop: circular });
    const broken = { kind: 'focus.set', subject: 'focus/aisafe', data: { track: null, answers: circular } } as const;
    expect(() => store.append([started('a'), broken])).toThrow();
    expect(eventsOf(store)).toEqual([]);
    expect(store.progress().task.size).toBe(0);
  });

  it('keeps the order of writing while the clock and the seed stand still, over processes', () => {
    const folder = tempFolder();
    const written: string[] = [];
    for (let run = 0; run < 5; run += 1) {
      const store = openIn(folder, { random: seededRandom('same') });
      written.push(...store.append([started('a'), logged('a', run + 1)]).map((event) => event.id));
      store.close();
    }
    expect(eventsOf(openIn(folder)).map((event) => event.id)).toEqual(written);
    expect([...written].sort()).toEqual(written);
    expect(new Set(written).size).toBe(written.length);
  });

  it('keeps the order of writing when the clock is set back a little', () => {
    const clock = movingClock('2026-09-30T12:00:00.000Z');
    const store = newStore('s', { clock });
    store.append([started('a')]);
    clock.set('2026-09-30T11:00:00.000Z');
    store.append([{ kind: 'task.done', subject: 'task/aisafe/a', data: {} }]);
    expect(eventsOf(store).map((event) => event.at)).toEqual(Array(2).fill('2026-09-30T12:00:00.000Z'));
    expect(store.progress().task.get('aisafe/a')?.status.state).toBe('done');
  });

  it('believes a clock that was set back by a day or more, and folds by time', () => {
    const clock = movingClock('2026-09-30T12:00:00.000Z');
    const store = newStore('s', { clock });
    store.append([started('a')]);
    clock.set('2026-09-29T12:00:00.000Z');
    const [late] = store.append([{ kind: 'task.done', subject: 'task/aisafe/a', data: {} }]);
    expect(late?.at).toBe('2026-09-29T12:00:00.000Z');
    expect(eventsOf(store).map((event) => event.kind)).toEqual(['task.done', 'task.started']);
    expect(store.progress().task.get('aisafe/a')?.status.state).toBe('started');
    expect(store.check().every((check) => check.status !== 'failed')).toBe(true);
  });

  it('does not reuse an id that another device already gave', () => {
    const one = newStore('same');
    const other = newStore('other', { random: { bytes: (count) => new Uint8Array(count).fill(7) } });
    const [theirs] = other.append([started('a')]);
    const constant = newStore('third', { random: { bytes: (count) => new Uint8Array(count).fill(7) } });
    expect(one.device).not.toBe(other.device);
    expect(theirs).toBeDefined();
    if (theirs) constant.merge([{ ...theirs, device: 'ffffffffffffffff' }]);
    const [mine] = constant.append([started('b')]);
    expect(mine?.id).not.toBe(theirs?.id);
    expect(eventsOf(constant)).toHaveLength(2);
  });
});

describe('events', () => {
  const filled = () => {
    const clock = movingClock('2026-09-30T12:00:00.000Z');
    const store = newStore('s', { clock });
    store.append([started('a')]);
    clock.set('2026-10-01T12:00:00.000Z');
    store.append([started('b')]);
    clock.set('2026-10-02T12:00:00.000Z');
    store.append([logged('a', 5)]);
    store.undo(1);
    return store;
  };
  const kinds = (events: Iterable<{ readonly kind: string; readonly subject: string }>) =>
    [...events].map((event) => `${event.kind} ${event.subject.replace(/action\/.*/, 'action')}`);

  it('come in order, undos and undone ones included', () => {
    expect(kinds(filled().events())).toEqual([
      'task.started task/aisafe/a',
      'task.started task/aisafe/b',
      'time.logged task/aisafe/a',
      'action.undone action',
    ]);
  });

  it('can be had without undos and undone ones', () => {
    expect(kinds(filled().events({ effective: true }))).toEqual([
      'task.started task/aisafe/a',
      'task.started task/aisafe/b',
    ]);
  });

  it('can be had from an instant on, by subject and by kind', () => {
    expect(kinds(filled().events({ since: '2026-10-01T12:00:00.000Z' }))).toHaveLength(3);
    expect(kinds(filled().events({ since: '2026-10-01T12:00:00.001Z' }))).toHaveLength(2);
    expect(kinds(filled().events({ subject: 'task/aisafe/a' }))).toHaveLength(2);
    expect(kinds(filled().events({ kind: 'action.undone' }))).toHaveLength(1);
  });

  it('can be read page by page while events are added', () => {
    const store = newStore();
    store.append(Array.from({ length: 2500 }, (_, index) => logged(`t${index}`, 1)));
    const seen: string[] = [];
    for (const event of store.events()) {
      if (seen.length % 1000 === 0) store.append([started('more')]);
      if (event.kind === 'time.logged') seen.push(event.subject);
    }
    expect(new Set(seen).size).toBe(2500);
    expect(seen).toHaveLength(2500);
  });
});
