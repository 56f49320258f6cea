import type { ExportPart, ExportSource } from '../core/exports/export-source.js';

/** What a format is given beside the source. */
export interface FormatOptions {
  readonly part: ExportPart;
  /** The learner's study day, YYYY-MM-DD. */
  readonly today: string;
  /** Are private notes wanted? Only formats that are meant for other people leave them out. */
  readonly notes: boolean;
  /** Writes JSON without any raw control character. */
  readonly json: (value: unknown, indent?: number) => string;
}

/** A way to write an export. The same source and options give the same text, byte for byte. */
export interface ExportFormat {
  readonly name: string;
  readonly summary: string;
  /** What `--what` may ask of it; the first is what it gives unless asked. */
  readonly parts: readonly ExportPart[];
  /**
   * Is the text made for a machine that must get every character as it was? Otherwise control characters are made
   * visible before it is given the source.
   */
  readonly exact: boolean;
  readonly write: (source: ExportSource, options: FormatOptions) => Iterable<string>;
}
