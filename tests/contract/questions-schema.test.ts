import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { baseFolder } from '../content/folders.js';
import { curriculumJsonSchemas } from './curriculum-json-schemas.js';

const schema = curriculumJsonSchemas().get('questions') ?? {};

describe('the published schema of questions', () => {
  const validate = new Ajv({ strict: true, allErrors: true, strictTuples: false, strictTypes: false }).compile(schema);
  const read = () => parse(readFileSync(join(baseFolder, 'questions/basics.yaml'), 'utf8'));

  it('holds for questions of every kind', () => {
    validate(read());
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refuses unknown keys and unknown kinds', () => {
    const [first, ...others] = read();
    expect(validate([{ ...first, colour: 'red' }, ...others])).toBe(false);
    expect(validate([{ ...first, kind: 'essay' }, ...others])).toBe(false);
  });
});
