import { type Item, indexItems } from '../core/curriculum/model.js';
import { buildExport } from '../core/exports/build-export.js';
import type { ExportData, ExportedEvidence, ExportedTask } from '../core/exports/export-schema.js';
import type { ExportSource } from '../core/exports/export-source.js';

/** What the sections of the portfolio are written from. */
export interface Page {
  readonly source: ExportSource;
  readonly data: ExportData;
  readonly tasks: readonly ExportedTask[];
  readonly evidence: ReadonlyMap<string, ExportedEvidence>;
  readonly items: ReadonlyMap<string, Item>;
  /** The study day of an instant at which something happened. */
  readonly dayOf: (at: string) => string;
  readonly withNotes: boolean;
}

export function readPage(source: ExportSource, withNotes: boolean): Page {
  const data = buildExport(source, 'all');
  const days = new Map([...source.effective].map((event) => [event.at, event.day]));
  return {
    source,
    data,
    tasks: data.tasks ?? [],
    evidence: new Map((data.evidence ?? []).map((each) => [each.id, each])),
    items: indexItems(source.curriculum),
    dayOf: (at) => days.get(at) ?? at.slice(0, 10),
    withNotes,
  };
}
