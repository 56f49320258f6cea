import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, timestamp } from '../../src/core/exports/event-fields.js';
import { envelopeEntries, referenceSchema, supportSchema } from '../../src/core/exports/event-schema.js';
import {
  ExportedAnswerSchema,
  ExportedCheckpointSchema,
  ExportedEventSchema,
  ExportedEvidenceSchema,
  ExportedTaskSchema,
  ExportSchema,
} from '../../src/core/exports/export-schema.js';
import { exportParts } from '../../src/core/exports/export-source.js';
import { answerSchema } from '../../src/core/exports/question-event-schema.js';
import { json } from '../../src/exports/json.js';
import { deeds } from '../exports/history-arbitrary.js';
import { storeAfter, written } from '../exports/learner.js';

/** What JSON Schema cannot say is left to the program: that a day or time exists. */
const schema = {
  ...toJsonSchema(ExportSchema, {
    ignoreActions: ['check'],
    definitions: {
      task: ExportedTaskSchema,
      checkpoint: ExportedCheckpointSchema,
      evidence: ExportedEvidenceSchema,
      answered: ExportedAnswerSchema,
      answer: answerSchema,
      event: ExportedEventSchema,
      reference: referenceSchema,
      support: supportSchema,
      time: timestamp,
      day,
      uuid: envelopeEntries.id,
      timeZone: envelopeEntries.tz,
      device: envelopeEntries.device,
      revision: envelopeEntries.revision,
    },
  }),
  title: 'aisafe export, version 1',
  description:
    'What `aisafe export --format json` writes and `aisafe import` reads. Within version 1 keys are only added.',
};

const published = `${JSON.stringify(schema, null, 2)}\n`;

describe('the published schema of an export', () => {
  it('is current (npm run docs writes it anew)', async () => {
    await expect(published).toMatchFileSnapshot('../../curriculum/schema/export.schema.json');
  });

  const validate = new Ajv({ strict: true, allErrors: true, strictTypes: false, strictTuples: false }).compile(
    JSON.parse(published),
  );

  it('holds for every export', () => {
    fc.assert(
      fc.property(
        deeds,
        fc.constantFrom(...exportParts),
        fc.constantFrom(undefined, '2026-11-03'),
        (done, part, since) => {
          const document: unknown = JSON.parse(written(json, storeAfter(done), { part }, since));
          expect(validate(document), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['an unknown key', { data: { extra: 1 } }],
    ['another schema', { schema: 'aisafe.export/2' }],
    ['no curriculum', { data: { curriculum: undefined } }],
    ['a task in no state', { data: { tasks: [{ id: 'x', state: 'finished' }] } }],
    ['an event without a time', { data: { events: [{ id: 'x' }] } }],
  ])('refuses %s', (_what, change: { schema?: string; data?: object }) => {
    const document = JSON.parse(written(json, storeAfter([])));
    const changed = { ...document, ...change, data: { ...document.data, ...change.data } };
    expect(validate(JSON.parse(JSON.stringify(changed)))).toBe(false);
  });
});
