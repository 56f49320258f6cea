import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type FileKind, fileKinds } from '../../src/core/curriculum/file-kinds.js';
import { baseFolder, shippedFolder } from '../content/folders.js';
import { curriculumJsonSchemas } from './curriculum-json-schemas.js';

const schemas = curriculumJsonSchemas();
const ajv = new Ajv({ strict: true, allErrors: true, strictTuples: false, strictTypes: false });

/** The files of a curriculum with their kinds. */
function filesOf(folder: string): readonly (readonly [FileKind, string])[] {
  const lists = fileKinds
    .filter((kind) => !['phase', 'questions', 'lab', 'mutants'].includes(kind))
    .map((kind) => [kind, join(folder, `${kind}.yaml`)] as const);
  const phases = readdirSync(join(folder, 'phases')).map((name) => ['phase', join(folder, 'phases', name)] as const);
  const questions = readdirSync(join(folder, 'questions')).map(
    (name) => ['questions', join(folder, 'questions', name)] as const,
  );
  return [...lists, ...phases, ...questions, ...labFilesOf(folder)];
}

function labFilesOf(folder: string): readonly (readonly [FileKind, string])[] {
  const labs = existsSync(join(folder, 'labs')) ? readdirSync(join(folder, 'labs')) : [];
  return labs
    .filter((name) => existsSync(join(folder, 'labs', name, 'lab.yaml')))
    .flatMap((name) =>
      (['lab', 'mutants'] as const).map((kind) => [kind, join(folder, 'labs', name, `${kind}.yaml`)] as const),
    );
}

describe.each([...schemas])('the published schema of %s', (kind, schema) => {
  it('is current (npm run docs writes it anew)', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      `../../curriculum/schema/${kind}.schema.json`,
    );
  });

  const validate = ajv.compile(schema);
  const files = [...filesOf(baseFolder), ...filesOf(shippedFolder)]
    .filter(([each]) => each === kind)
    .map(([, path]) => path);

  it.each(files.map((path) => [basename(path), path]))('holds for %s', (_name, path) => {
    validate(parse(readFileSync(path, 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refuses unknown keys', () => {
    const [path = ''] = files;
    const content = parse(readFileSync(path, 'utf8'));
    const item = Array.isArray(content) ? content[0] : content;
    item.colour = 'red';
    expect(validate(content)).toBe(false);
  });
});
