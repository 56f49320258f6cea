import type { ExportFormat } from './format.js';

interface RegisteredFormat {
  /** One line of help. */
  readonly summary: string;
  readonly load: () => Promise<ExportFormat>;
}

/** Every format of `aisafe export`, in the order of the help; a format is loaded when it is asked for. */
export const exportFormats: ReadonlyMap<string, RegisteredFormat> = new Map<string, RegisteredFormat>([
  [
    'json',
    {
      summary: 'everything in one document with a published schema; import reads it',
      load: async () => (await import('./json.js')).json,
    },
  ],
  [
    'jsonl',
    {
      summary: 'the whole history, an event a line, undone ones too; import reads it',
      load: async () => (await import('./jsonl.js')).jsonl,
    },
  ],
  [
    'csv',
    {
      summary: 'a table for a spreadsheet: --what tasks, events, evidence, answers or labs',
      load: async () => (await import('./csv.js')).csv,
    },
  ],
  [
    'markdown',
    {
      summary: 'a portfolio page of what you learned and can show',
      load: async () => (await import('./markdown.js')).markdown,
    },
  ],
  [
    'ics',
    {
      summary: 'a calendar of application deadlines and deferred tasks',
      load: async () => (await import('./ics.js')).ics,
    },
  ],
  [
    'anki',
    {
      summary: 'the questions as notes that Anki imports as they are; --since: those answered since',
      load: async () => (await import('./anki.js')).anki,
    },
  ],
]);
