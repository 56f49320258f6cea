import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { buildExport } from '../../core/exports/build-export.js';
import type { ExportData } from '../../core/exports/export-schema.js';
import type { ExportPart, ExportSource, QuestionSource } from '../../core/exports/export-source.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import type { ExportFormat, FormatOptions } from '../../exports/format.js';
import { exportFormats } from '../../exports/registry.js';
import { safeJson } from '../../ui/safe-text.js';
import { safeQuestions, safeSource } from './safe-source.js';
import { writeExport } from './write-export.js';

export interface ExportInput {
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly since: string | undefined;
  readonly what: ExportPart | undefined;
  readonly notes: boolean;
}

/** What is told about an export that is not itself the document. */
export interface ExportReport {
  readonly format: string;
  readonly what: ExportPart;
  readonly since: string | null;
  /** The file or folder that was written; null for standard output. */
  readonly output: string | null;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly bytes: number;
  /** The text itself when it went to standard output. */
  readonly content: string | null;
}

/** The published document for `--format json` to standard output, else a report. */
export type ExportOutput = ExportData | ExportReport;

const reportSchema = 'aisafe.export-report/1';

export async function exportData(context: Context, input: ExportInput): Promise<Result<ExportOutput>> {
  const { name, format } = await findFormat(input.format);
  const part = choosePart(name, format, input.what);
  const output = input.output === undefined || input.output === '-' ? undefined : resolve(context.cwd, input.output);
  if (name === 'csv' && part === 'all' && output === undefined) {
    throw new AppError('USAGE', 'All tables do not fit into one stream: name a folder, or one table.', {
      hint: 'aisafe export --format csv --what all --output aisafe-tables',
    });
  }
  const options: FormatOptions = { part, today: context.today(), notes: input.notes, json: safeJson };
  if (output === undefined && name === 'json') {
    const source = await readSource(context, input.since);
    return {
      // Made only when it is asked for: the document says the same, written as it is read.
      get data() {
        return buildExport(source, part);
      },
      document: writeParts(format, source, options),
    };
  }
  const source = await readFor(context, format, input.since);
  const report = { format: name, what: part, since: input.since ?? null };
  if (output === undefined) {
    const document = writeParts(format, source, options);
    return {
      get data() {
        const content = [...document].join('');
        return { ...report, output: null, files: [], bytes: Buffer.byteLength(content), content };
      },
      document,
      schema: reportSchema,
    };
  }
  const files = writeExport(context.paths, output, name === 'csv' && part === 'all', (table) =>
    writeParts(format, source, { ...options, part: table ?? part }),
  );
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { data: { ...report, output, files, bytes, content: null }, schema: reportSchema };
}

async function findFormat(name: string | undefined): Promise<{ readonly name: string; readonly format: ExportFormat }> {
  const names = [...exportFormats.keys()];
  const found = name === undefined ? undefined : exportFormats.get(name);
  if (name !== undefined && found) return { name, format: await found.load() };
  const known = names.join(', ');
  if (name === undefined) {
    throw new AppError('MISSING_ARGUMENT', `“aisafe export” needs --format, one of ${known}.`, {
      hint: 'aisafe export --format json',
      details: { formats: names },
    });
  }
  throw new AppError('BAD_VALUE', `--format: there is no format “${name}”. There are: ${known}.`, {
    hint: `aisafe export --format ${nearest(name, names, 1)[0] ?? 'json'}`,
    details: { formats: names },
  });
}

function choosePart(name: string, { parts }: ExportFormat, wanted: ExportPart | undefined): ExportPart {
  const part = wanted ?? parts[0] ?? 'all';
  if (parts.includes(part)) return part;
  throw new AppError('BAD_VALUE', `--what: ${name} has no part “${part}”; it has ${parts.join(', ')}.`, {
    hint: `aisafe export --format ${name}`,
    details: { parts },
  });
}

type Source = ExportSource | QuestionSource | Pick<ExportSource, 'history' | 'since'>;

async function readFor(context: Context, { needs }: ExportFormat, since: string | undefined): Promise<Source> {
  switch (needs) {
    case 'history':
      return readHistory(context, since);
    case 'questions': {
      const { questions } = await context.questions();
      return { ...(await readSource(context, since)), questions };
    }
    case 'everything':
      return readSource(context, since);
  }
}

async function readHistory(
  context: Context,
  since: string | undefined,
): Promise<Pick<ExportSource, 'history' | 'since'>> {
  const store = await context.store();
  return { history: store.history().all, since };
}

async function readSource(context: Context, since: string | undefined): Promise<ExportSource> {
  const curriculum = await context.curriculum();
  const store = await context.store();
  const { all, effective } = store.history();
  return { curriculum, progress: store.progress(), history: all, effective, since };
}

function writeParts(format: ExportFormat, source: Source, options: FormatOptions): Iterable<string> {
  if (format.needs === 'questions' && 'questions' in source) return format.write(safeQuestions(source), options);
  if (format.needs === 'history' && 'history' in source) return format.write(source, options);
  if (format.needs !== 'everything' || !('progress' in source))
    throw new TypeError(`this format needs ${format.needs}`);
  return format.write(format.isForMachines ? source : safeSource(source), options);
}
