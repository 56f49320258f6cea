import type { Question } from '../../src/core/curriculum/model.js';
import type { ExportSource } from '../../src/core/exports/export-source.js';
import { readExport } from '../../src/core/exports/read-export.js';
import type { ExportFormat, FormatOptions } from '../../src/exports/format.js';
import type { Store } from '../../src/store/store.js';
import { safeJson } from '../../src/ui/safe-text.js';
import { movingClock, newStore } from '../store/temp-store.js';
import type { Deed } from './history-arbitrary.js';
import { studied } from './studied.js';

const hour = 3_600_000;

/** A store in which all this was done. */
export function storeAfter(deeds: readonly Deed[]): Store {
  const clock = movingClock('2026-11-01T12:00:00.000Z');
  const store = newStore(undefined, { clock });
  for (const deed of deeds) {
    switch (deed.type) {
      case 'act':
        store.append(deed.events);
        break;
      case 'undo':
        store.undo(deed.count);
        break;
      case 'wait':
        clock.set(new Date(clock.now().getTime() + deed.hours * hour).toISOString());
        break;
      case 'receive': {
        const id = `01930000-0000-7000-8000-${String(deed.number).padStart(12, '0')}`;
        const envelope = {
          id,
          action: id,
          at: '2026-11-02T00:00:00.000Z',
          day: '2026-11-01',
          tz: 'UTC',
          device: 'elsewhere',
        };
        store.merge([
          { ...envelope, kind: 'seminar.held', subject: 'seminar/attention', revision: null, data: deed.data },
        ]);
      }
    }
  }
  return store;
}

export function sourceOf(store: Store, since?: string | undefined): ExportSource {
  const { all, effective } = store.history();
  return { curriculum: studied, progress: store.progress(), history: all, effective, since };
}

const options: FormatOptions = { part: 'all', today: '2026-11-23', notes: false, json: safeJson };

/** The whole text of an export. */
export function written(
  format: ExportFormat,
  store: Store,
  overrides: Partial<FormatOptions> = {},
  since?: string | undefined,
  questions: readonly Question[] = [],
): string {
  const source = { ...sourceOf(store, since), questions };
  return [...format.write(source, { ...options, ...overrides })].join('');
}

/** Imports a text as `aisafe import` does; a finding fails the test. */
export function takeIn(store: Store, text: string): void {
  const { events, findings } = readExport('test', text);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  store.merge(events.map(({ event }) => event));
}
