import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newCurriculum } from '../../src/content/new.js';
import { readCurriculum } from '../../src/content/read.js';
import { fileKinds } from '../../src/core/curriculum/file-kinds.js';
import { shippedFolder, temporaryFolder } from './folders.js';

describe('a new curriculum', () => {
  it('is valid, without a warning', () => {
    const folder = join(temporaryFolder(), 'quantum-field-theory');
    newCurriculum(folder);
    const { curriculum, findings } = readCurriculum(folder);
    expect(findings).toEqual([]);
    expect(curriculum?.id).toBe('quantum-field-theory');
  });

  it('says which files were written', () => {
    const folder = temporaryFolder();
    const files = newCurriculum(folder);
    expect(files).toEqual(['curriculum.yaml', 'phases/first-steps.yaml', 'concepts.yaml', 'resources.yaml']);
    for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
  });

  it('brings the schemas that its files point to', () => {
    const folder = temporaryFolder();
    const files = newCurriculum(folder, join(shippedFolder, 'schema'));
    expect(files).toContain('schema/phase.schema.json');
    expect(readdirSync(join(folder, 'schema'))).toHaveLength(fileKinds.length);
    expect(readCurriculum(folder).findings).toEqual([]);
  });

  it.each([
    ['aisafe', 'my-curriculum'],
    ['Études d’été', 'tudes-d-t'],
    ['***', 'my-curriculum'],
    ['-x-', 'x'],
  ])('in a folder called “%s” has the id %s', (name, id) => {
    const folder = join(temporaryFolder(), name);
    newCurriculum(folder);
    expect(readCurriculum(folder).curriculum?.id).toBe(id);
  });

  it('leaves a folder alone that holds anything', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(() => newCurriculum(folder)).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('leaves a file alone', () => {
    const file = join(temporaryFolder(), 'notes.txt');
    writeFileSync(file, 'mine');
    expect(() => newCurriculum(file)).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
    expect(() => newCurriculum(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
  });

  it('goes into an empty folder', () => {
    const folder = join(temporaryFolder(), 'empty');
    mkdirSync(folder);
    expect(newCurriculum(folder)).toHaveLength(4);
  });
});
