import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { fileKinds } from '../../core/curriculum/file-kinds.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';

export interface SchemaInput {
  readonly kind: string | undefined;
}

export interface SchemaData {
  readonly kinds: readonly string[];
  /** The JSON Schema of the kind that was asked for. */
  readonly schema: unknown;
}

/** Prints a schema that ships with the program; it is generated from the validator and a test keeps it current. */
export async function printSchema(context: Context, { kind }: SchemaInput): Promise<Result<SchemaData>> {
  if (kind === undefined) return { data: { kinds: fileKinds, schema: null } };
  if (!fileKinds.some((each) => each === kind)) {
    const [nearby] = nearest(kind, fileKinds, 1);
    throw new AppError('NOT_FOUND', `There is no kind of file “${kind}”. There are: ${fileKinds.join(', ')}.`, {
      hint: `aisafe curriculum schema ${nearby ?? fileKinds[0]}`,
    });
  }
  const text = await readFile(join(context.shippedCurriculum, 'schema', `${kind}.schema.json`), 'utf8');
  return { data: { kinds: fileKinds, schema: JSON.parse(text) }, document: [text] };
}
