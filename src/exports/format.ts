import type { ExportPart, ExportSource, QuestionSource } from '../core/exports/export-source.js';

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

interface FormatBase {
  /** What `--what` may ask of it; the first is what it gives unless asked. */
  readonly parts: readonly ExportPart[];
}

/**
 * A way to write an export. The same source and options give the same text, byte for byte. A format for machines gets
 * every character as it was; for the others, control characters have been made visible.
 */
export type ExportFormat =
  | (FormatBase & {
      /** The history alone, so that everything gets out even when the curriculum cannot be read. */
      readonly needs: 'history';
      readonly write: (source: Pick<ExportSource, 'history' | 'since'>, options: FormatOptions) => Iterable<string>;
    })
  | (FormatBase & {
      /** The questions of the curriculum, keys and all. */
      readonly needs: 'questions';
      readonly write: (source: QuestionSource, options: FormatOptions) => Iterable<string>;
    })
  | (FormatBase & {
      readonly needs: 'everything';
      readonly isForMachines: boolean;
      readonly write: (source: ExportSource, options: FormatOptions) => Iterable<string>;
    });
