/** A place to keep curricula that were read before, so that start-up needs neither the YAML parser nor the validator. */

/** What is read at once: which files it came from, and what nearly every command asks for. */
export interface KeptReading {
  /** Fingerprint of the files (paths, sizes, times, hash). */
  readonly fingerprint: string;
  readonly json: string;
}

/** What is read piece by piece, when it is asked for. */
export interface KeptParts {
  /** Of the files' content: the pieces of one version never change. */
  readonly version: string;
  /** The version before: its pieces stay, for a process that is still reading it. */
  readonly replaces: string | undefined;
  /** Name and JSON of each piece, in an order that is kept. */
  readonly pieces: Iterable<readonly [name: string, json: string]>;
}

/** Content is opaque JSON text to it; a key names the format in which something is kept, a colon and the place it is of. */
export interface CurriculumCache {
  read(key: string): KeptReading | undefined;
  /** One piece. */
  piece(key: string, version: string, name: string): string | undefined;
  /** All pieces whose names begin with the prefix, in order. */
  pieces(key: string, version: string, prefix: string): readonly string[];
  /**
   * With parts, what was kept of the place in another format is dropped.
   * @param parts left out: those that are kept stay as they are.
   */
  write(key: string, reading: KeptReading, parts?: KeptParts): void;
  /** Has the files read anew the next time. */
  forget(key: string): void;
}
