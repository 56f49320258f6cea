import { resolve } from 'node:path';
import type { Context } from '../../context.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { readLimited } from '../../platform/read-limited.js';

const maxBytes = 256 * 1024 * 1024;

/**
 * The text of a file to import.
 * @param file a path, or `-` for standard input.
 * @throws AppError FILE_NOT_FOUND or DATA_INVALID
 */
export async function readImportFile(context: Context, file: string): Promise<string> {
  const name = file === '-' ? 'Standard input' : file;
  const path = resolve(context.cwd, file);
  const result = await readLimited(file === '-' ? context.host.stdin : path, maxBytes);
  switch (result.type) {
    case 'read':
      return decode(result.bytes, name, file);
    case 'missing':
      throw new AppError('FILE_NOT_FOUND', `There is no file ${path}.`, { hint: 'aisafe import --help' });
    case 'too-large':
      throw new AppError('DATA_INVALID', `${name} is larger than 256 MB, which no export is. Nothing was imported.`, {
        hint: 'aisafe import --help',
      });
    case 'unreadable':
      throw new AppError('DATA_INVALID', `${name} cannot be read: ${result.message}. Nothing was imported.`, {
        hint: 'aisafe import --help',
      });
  }
}

function decode(bytes: Uint8Array, name: string, file: string): string {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 15)) === 'SQLite format 3') {
    throw new AppError('DATA_INVALID', `${name} is a store or a backup, not an export. Nothing was imported.`, {
      hint: file === '-' ? 'aisafe restore FILE' : `aisafe restore ${quoteWord(file)}`,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('DATA_INVALID', `${name} is not UTF-8 text. Nothing was imported.`, {
      hint: 'aisafe import --help',
      cause,
    });
  }
}
