import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileKinds } from '../core/curriculum/file-kinds.js';
import { quoteWord } from '../core/text/quote-word.js';
import { AppError } from '../errors.js';
import { errorCode } from './error-code.js';
import { exampleFiles } from './example.js';

/**
 * Writes a small example curriculum into a folder that is empty or not there yet. Its id is the name of the folder
 * when that can be an id.
 * @returns the files written, relative to the folder.
 * @param schemaFolder where the JSON Schemas of the program are; they are copied, so that editors find them offline.
 * @throws AppError BAD_VALUE when there is something in the folder; FILE_UNWRITABLE when it cannot be written.
 */
export function newCurriculum(folder: string, schemaFolder?: string): readonly string[] {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
    if (readdirSync(path).length > 0) throw notEmpty(path);
    const files = Object.entries(exampleFiles(chooseId(basename(path))));
    for (const [name, text] of files) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text, { flag: 'wx' });
    }
    const schemas = copySchemas(path, schemaFolder);
    return [...files.map(([name]) => name), ...schemas];
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR') throw notEmpty(path);
    throw new AppError('FILE_UNWRITABLE', `${path} cannot be written (${errorCode(error)}).`, {
      hint: 'aisafe curriculum new my-curriculum',
      cause: error,
    });
  }
}

function copySchemas(path: string, schemaFolder: string | undefined): readonly string[] {
  if (schemaFolder === undefined || !existsSync(schemaFolder)) return [];
  const names = fileKinds.map((kind) => `schema/${kind}.schema.json`);
  for (const name of names) cpSync(join(schemaFolder, basename(name)), join(path, name));
  return names;
}

function notEmpty(path: string): AppError {
  return new AppError('BAD_VALUE', `There is something at ${path} already; a new curriculum needs an empty folder.`, {
    hint: `aisafe curriculum new ${quoteWord(`${path}-2`)}`,
    details: { folder: path },
  });
}

/** The id of the curriculum that comes with the program. */
const reserved = ['aisafe'];

function chooseId(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return id === '' || reserved.includes(id) ? 'my-curriculum' : id;
}
