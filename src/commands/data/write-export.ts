import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExportPart } from '../../core/exports/export-source.js';
import { AppError } from '../../errors.js';
import { csvTables } from '../../exports/csv-tables.js';
import { writeFile } from '../../exports/write-file.js';
import type { Paths } from '../../platform/paths.js';
import { besideStore } from '../../store/journal-mode.js';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes an export to a file, or its tables to a folder.
 * @param write the text; of one table when it is named.
 */
export function writeExport(
  paths: Paths,
  output: string,
  isFolder: boolean,
  write: (table?: ExportPart) => Iterable<string>,
): readonly WrittenFile[] {
  assertNotTheStore(paths, output);
  if (!isFolder) return [{ path: output, bytes: writeFile(output, write()) }];
  makeFolder(output);
  return csvTables.map((table) => {
    const path = join(output, `${table}.csv`);
    return { path, bytes: writeFile(path, write(table)) };
  });
}

function assertNotTheStore({ store }: Paths, output: string): void {
  if (!['', ...besideStore].some((suffix) => resolve(store + suffix) === output)) return;
  throw new AppError('BAD_VALUE', `--output: ${output} is the store itself.`, {
    hint: 'Name another file: --output aisafe.json',
  });
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'FILE_UNWRITABLE',
      `${path} cannot be made a folder: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        hint: 'Name another folder: --output DIR',
        cause,
      },
    );
  }
}
