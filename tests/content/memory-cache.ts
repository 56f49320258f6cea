import type { CurriculumCache, KeptReading } from '../../src/core/curriculum/cache.js';

interface MemoryCache extends CurriculumCache {
  /** Keys of the writes, in order; single files are kept along with what they are part of. */
  readonly written: readonly string[];
  readonly readings: Map<string, KeptReading>;
  /** JSON of each piece, by version and name. */
  readonly texts: Map<string, string>;
  /** Changes all JSON that is kept, so that it shows when it comes back. */
  edit(change: (json: string) => string): void;
}

/** A cache of curricula in memory. */
export function memoryCache(): MemoryCache {
  const readings = new Map<string, KeptReading>();
  const texts = new Map<string, string>();
  const written: string[] = [];
  const place = (...names: readonly string[]) => names.join(' ');
  return {
    readings,
    texts,
    written,
    edit: (change) => {
      for (const [key, { fingerprint, json }] of readings) readings.set(key, { fingerprint, json: change(json) });
      for (const [name, json] of texts) texts.set(name, change(json));
    },
    read: (key) => readings.get(key),
    piece: (key, version, name) => texts.get(place(key, version, name)),
    pieces: (key, version, prefix) =>
      [...texts].filter(([name]) => name.startsWith(place(key, version, prefix))).map(([, json]) => json),
    write: (key, reading, parts) => {
      if (!key.endsWith('#files')) written.push(key);
      readings.set(key, reading);
      for (const [name, json] of parts?.pieces ?? []) texts.set(place(key, parts?.version ?? '', name), json);
    },
    forget: (key) => readings.delete(key),
  };
}
