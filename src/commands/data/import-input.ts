/** The files of one import as one row of events, read while they are taken. */
import { type ExportEnd, type ImportFinding, readEvents } from '../../core/exports/read-export.js';
import type { StoredEvent } from '../../core/progress/event.js';
import type { MergeReport } from '../../store/store.js';

/** A file that was read as far as its last event. */
export interface ImportedFile {
  readonly file: string;
  readonly format: 'json' | 'jsonl';
  readonly events: number;
}

export interface ImportSource {
  add(file: string, pieces: Iterable<string>): void;
  events(): Iterable<StoredEvent>;
  /** What is wrong with the files; complete when the last event has been taken. */
  findings(): readonly ImportFinding[];
  files(): readonly ImportedFile[];
  /** Contradictions in words. */
  describe(contradictions: MergeReport['contradictions']): readonly ImportFinding[];
}

export function createInput(): ImportSource {
  const sources: { readonly file: string; readonly pieces: Iterable<string> }[] = [];
  const ends: (ExportEnd & { readonly file: string; readonly events: number })[] = [];
  /** For each event in the order of taking: its line, and from where on the events are of the next file. */
  const lines: number[] = [];
  const begins: number[] = [];

  function* events(): Generator<StoredEvent> {
    for (const { file, pieces } of sources) {
      begins.push(lines.length);
      const reading = readEvents(file, pieces);
      let next = reading.next();
      for (; !next.done; next = reading.next()) {
        lines.push(next.value.line);
        yield next.value.event;
      }
      ends.push({ ...next.value, file, events: lines.length - (begins.at(-1) ?? 0) });
    }
  }

  const placeOf = (index: number) => ({
    file: sources[begins.findLastIndex((begin) => begin <= index)]?.file ?? '',
    line: lines[index] ?? 1,
  });

  return {
    add: (file, pieces) => sources.push({ file, pieces }),
    events,
    findings: () => ends.flatMap((end) => end.findings),
    files: () => ends.flatMap(({ file, format, events: count }) => (format ? [{ file, format, events: count }] : [])),
    describe: (contradictions) =>
      contradictions.map(({ id, first, again }) => {
        const earlier = placeOf(first);
        return {
          ...placeOf(again),
          message: `event ${id} says something else than in ${earlier.file}:${earlier.line}`,
        };
      }),
  };
}
