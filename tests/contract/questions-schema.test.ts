import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { QuestionsSchema } from '../../src/core/curriculum/question-schema.js';
import { dayOrMonth, id, ids, line, scale, text } from '../../src/core/curriculum/schema-fields.js';
import { baseFolder } from '../content/folders.js';

const { $schema, ...rest } = toJsonSchema(QuestionsSchema, {
  // What JSON Schema cannot say is left to the lint: that one of three keys is there, that the low end comes first.
  ignoreActions: ['check', 'safe_integer'],
  definitions: { id, ids, line, text, scale, dayOrMonth },
});
const schema = {
  $schema,
  $id: 'urn:aisafe:curriculum:1:questions',
  title: 'Questions',
  description: 'questions/<area>.yaml: the questions of an area.',
  ...rest,
};

describe('the published schema of questions', () => {
  it('is current (npm run docs writes it anew)', async () => {
    const published = `${JSON.stringify(schema, null, 2)}\n`;
    await expect(published).toMatchFileSnapshot('../../curriculum/schema/questions.schema.json');
  });

  const validate = new Ajv({ strict: true, allErrors: true, strictTuples: false, strictTypes: false }).compile(
    JSON.parse(JSON.stringify(schema)),
  );
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
