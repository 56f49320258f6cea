/** The payloads of events about labs. */
import * as v from 'valibot';
import { checkStatuses } from '../lab/lab-run.js';
import type { EventData } from '../progress/event.js';
import type { LabEventData } from '../progress/lab-event.js';
import { name, pattern, text, word } from './event-fields.js';

const nothingMore = 'at most 1000';
const few = <T extends v.GenericSchema>(schema: T) => v.pipe(v.array(schema), v.maxLength(1000, nothingMore));
const number = v.pipe(
  v.number('must be a number'),
  v.check((value: number) => Number.isFinite(value), 'must be a finite number'),
);
const count = v.pipe(number, v.integer('must be whole'), v.minValue(0, 'must not be negative'));
const truth = v.boolean('must be true or false');
const sha256 = pattern(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex', 64);
const version = pattern(/^[0-9a-f]+$/, 'must be a hash in lower-case hex', 64);
const identifier = pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name', 100);
const release = v.pipe(v.string('must be text'), v.maxLength(100, 'at most 100 characters'));
/** What kept sources may come to: an exercise, not a library. */
const longestSource = 150_000;

export const metricSchema = v.strictObject({ check: word, name: identifier, value: number });

export const predictionAnswerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('number'), value: number }),
  v.strictObject({ type: v.literal('direction'), direction: v.picklist(['up', 'down', 'same']) }),
  v.strictObject({ type: v.literal('unknown') }),
]);

/** Evidence of a pass. */
export const labReferenceSchema = v.strictObject({
  type: v.literal('lab'),
  curriculum: word,
  lab: word,
  version,
  seed: count,
  sha256,
  assisted: truth,
});

const checkOutcomeSchema = v.strictObject({ id: word, status: v.picklist(checkStatuses) });

export const labPayloads = {
  'lab.started': v.strictObject({ folder: name }),
  'lab.predicted': v.strictObject({ prediction: word, answer: predictionAnswerSchema }),
  'lab.checked': v.strictObject({
    seed: count,
    fullRun: truth,
    passed: truth,
    ms: count,
    python: release,
    numpy: release,
    labVersion: version,
    sourceSha: sha256,
    checks: few(checkOutcomeSchema),
    metrics: few(metricSchema),
    topic: v.nullable(word),
  }),
  'lab.submitted': v.strictObject({
    sha: sha256,
    files: v.pipe(
      v.array(v.strictObject({ name: word, text })),
      v.maxLength(20, 'at most 20 files'),
      v.check(
        (files) => files.reduce((sum, file) => sum + file.text.length, 0) <= longestSource,
        `at most ${longestSource} characters together`,
      ),
    ),
  }),
  'lab.predictions-scored': v.strictObject({
    scores: few(v.strictObject({ prediction: word, right: truth, actual: number })),
  }),
  'lab.hinted': v.strictObject({ topic: word, step: v.pipe(count, v.minValue(1, 'must be at least 1')) }),
  'lab.solution-seen': v.strictObject({ gaveUp: truth }),
  'lab.reset': v.strictObject({ copy: v.nullable(name) }),
  'lab.bughunt-started': v.strictObject({ mutant: word, folder: name }),
  'lab.bughunt-solved': v.strictObject({ mutant: word, seed: count }),
  'lab.trusted': v.strictObject({ hash: sha256 }),
} as const satisfies { readonly [K in keyof LabEventData]: v.GenericSchema<unknown, EventData[K]> };
