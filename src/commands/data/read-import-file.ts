import { resolve } from 'node:path';
import type { Context } from '../../context.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { readLimited } from '../../platform/read-limited.js';
import { readPieces } from '../../platform/read-pieces.js';
import { createUtf8Decoder } from '../../platform/utf8-decoder.js';

/** The longest text of standard input, which cannot be read a piece at a time while the store is written to. */
const maxBytes = 256 * 1024 * 1024;

/**
 * The text of a file to import, a piece at a time as it is taken.
 * @param file a path, or `-` for standard input, which is read to its end here.
 * @throws AppError FILE_NOT_FOUND or DATA_INVALID, now or while the pieces are taken
 */
export async function openImportFile(context: Context, file: string): Promise<Iterable<string>> {
  if (file !== '-') return decodeFile(context, file);
  const result = await readLimited(context.host.stdin, maxBytes);
  if (result.type === 'read') return decode([result.bytes], 'Standard input', file);
  const what = result.type === 'too-large' ? 'is larger than 256 MB' : 'cannot be read';
  throw new AppError('DATA_INVALID', `Standard input ${what}. Nothing was imported.`, {
    hint: 'aisafe import FILE',
  });
}

function* decodeFile(context: Context, file: string): Generator<string> {
  const path = resolve(context.cwd, file);
  try {
    yield* decode(readPieces(path), file, file);
  } catch (error) {
    throw readingError(error, path, file);
  }
}

function readingError(error: unknown, path: string, file: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new AppError('FILE_NOT_FOUND', `There is no file ${path}.`, { hint: 'aisafe import --help' });
  }
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  const message = error.code === 'EISDIR' ? 'it is a folder' : denied ? 'permission denied' : String(error.code);
  return new AppError('DATA_INVALID', `${file} cannot be read: ${message}. Nothing was imported.`, {
    hint: 'aisafe import --help',
  });
}

function* decode(pieces: Iterable<Uint8Array>, name: string, file: string): Generator<string> {
  const decoder = createUtf8Decoder();
  const asText = (take: () => string) => {
    try {
      return take();
    } catch (cause) {
      throw new AppError('DATA_INVALID', `${name} is not UTF-8 text. Nothing was imported.`, {
        hint: 'aisafe import --help',
        cause,
      });
    }
  };
  let isFirst = true;
  for (const bytes of pieces) {
    if (isFirst && new TextDecoder('latin1').decode(bytes.subarray(0, 15)) === 'SQLite format 3') {
      throw new AppError('DATA_INVALID', `${name} is a store or a backup, not an export. Nothing was imported.`, {
        hint: file === '-' ? 'aisafe restore FILE' : `aisafe restore ${quoteWord(file)}`,
      });
    }
    isFirst = false;
    yield asText(() => decoder.take(bytes));
  }
  yield asText(() => decoder.end());
}
