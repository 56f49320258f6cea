import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/core/progress/event.js';
import { seededRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { type Move, moves } from './event-arbitrary.js';
import { movingClock, noon, projectionRows, storeOptions } from './temp-store.js';

const runs = { numRuns: 25 };

function withStores<T>(
  body: (open: (seed: string) => { store: Store; clock: ReturnType<typeof movingClock> }) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-property-'));
  const opened: Store[] = [];
  try {
    return body((seed) => {
      const clock = movingClock(noon);
      const home = join(folder, `${seed}-${opened.length}`);
      const store = openStore(storeOptions(home, { clock, random: seededRandom(seed) }));
      opened.push(store);
      return { store, clock };
    });
  } finally {
    for (const store of opened) store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function play(store: Store, clock: ReturnType<typeof movingClock>, history: readonly Move[]): void {
  for (const move of history) {
    if (move.type === 'append') store.append(move.events);
    else if (move.type === 'undo') store.undo(move.count);
    else clock.set(new Date(clock.now().getTime() + move.millis).toISOString());
  }
}

const all = (store: Store): readonly StoredEvent[] => [...store.events()];

describe('any history', () => {
  it('folds to the same whether event by event or replayed', () => {
    fc.assert(
      fc.property(moves, (history) =>
        withStores((open) => {
          const { store, clock } = open('a');
          play(store, clock, history);
          const incremental = projectionRows(store.path);
          expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
          store.rebuild();
          expect(projectionRows(store.path)).toEqual(incremental);
        }),
      ),
      runs,
    );
  });

  it('is as before after something is done and undone', () => {
    fc.assert(
      fc.property(moves, moves, (history, more) =>
        withStores((open) => {
          const { store, clock } = open('a');
          play(store, clock, history);
          const before = projectionRows(store.path).filter((row) => typeof row === 'object' && row && 'subject' in row);
          const progress = store.progress();
          let count = 0;
          for (const move of more) {
            if (move.type !== 'append') continue;
            store.append(move.events);
            count += 1;
          }
          expect(store.undo(count)).toHaveLength(count);
          const after = projectionRows(store.path).filter((row) => typeof row === 'object' && row && 'subject' in row);
          expect(after).toEqual(before);
          expect(store.progress()).toEqual(progress);
        }),
      ),
      runs,
    );
  });

  it('merges to the same in any order, at once or piece by piece', () => {
    fc.assert(
      fc.property(moves, moves, fc.infiniteStream(fc.nat()), (one, two, dice) =>
        withStores((open) => {
          const [a, b, whole, shuffled] = [open('a'), open('b'), open('c'), open('d')];
          play(a.store, a.clock, one);
          play(b.store, b.clock, two);
          const events = [...all(a.store), ...all(b.store)];
          whole.store.merge(events);
          const pieces = events
            .map((event) => ({ event, order: dice.next().value ?? 0 }))
            .sort((x, y) => x.order - y.order)
            .map(({ event }) => event);
          for (let start = 0; start < pieces.length; start += 3) shuffled.store.merge(pieces.slice(start, start + 3));
          const fromB = all(b.store);
          b.store.merge(all(a.store));
          a.store.merge(fromB);
          for (const { store } of [b, whole, shuffled]) {
            expect(all(store)).toEqual(all(a.store));
            expect(projectionRows(store.path)).toEqual(projectionRows(a.store.path));
          }
          whole.store.rebuild();
          expect(projectionRows(whole.store.path)).toEqual(projectionRows(a.store.path));
        }),
      ),
      { numRuns: 15 },
    );
  });

  it('is not changed by merging it twice', () => {
    fc.assert(
      fc.property(moves, (history) =>
        withStores((open) => {
          const [a, b] = [open('a'), open('b')];
          play(a.store, a.clock, history);
          const events = all(a.store);
          b.store.merge(events);
          const once = projectionRows(b.store.path);
          expect(b.store.merge([...events, ...events])).toMatchObject({
            read: events.length * 2,
            added: 0,
            known: events.length * 2,
            unknownKinds: {},
            conflicts: [],
          });
          expect(projectionRows(b.store.path)).toEqual(once);
        }),
      ),
      runs,
    );
  });
});
