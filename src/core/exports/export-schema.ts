/**
 * The document that `export --format json` writes, version 1: the one source of its types and of the published JSON
 * Schema (curriculum/schema/export.schema.json). Within version 1 keys may be added, never renamed or removed.
 */
import * as v from 'valibot';
import { taskKinds } from '../curriculum/task-kinds.js';
import type { EventKind, StoredEvent } from '../progress/event.js';
import { taskStateNames } from '../progress/task-state-names.js';
import { day, timestamp } from './event-fields.js';
import { envelopeEntries, payloadSchemas, referenceSchema, subjectKindOf, supportSchema } from './event-schema.js';
import { metricSchema, predictionAnswerSchema } from './lab-event-schema.js';
import { answerSchema, modeSchema } from './question-event-schema.js';

const text = v.string();
const nullableText = v.nullable(text);
const nullableTime = v.nullable(timestamp);

export const ExportedTaskSchema = v.strictObject({
  curriculum: text,
  id: text,
  /** Null when the task is not in the curriculum in use: it was removed, or belongs to another. */
  title: nullableText,
  phase: nullableText,
  module: nullableText,
  kind: v.nullable(v.picklist(taskKinds)),
  state: v.picklist(taskStateNames),
  /** When it came into this state; null for tasks that are open. */
  stateSince: nullableTime,
  deferredUntil: v.nullable(day),
  reason: nullableText,
  steps: v.array(v.strictObject({ id: text, text: nullableText, doneAt: nullableTime })),
  minutes: v.number(),
  firstAt: nullableTime,
  lastAt: nullableTime,
  /** Content hash of the task as the learner last saw it. */
  revision: nullableText,
  evidence: v.array(text),
});

export const ExportedCheckpointSchema = v.strictObject({
  curriculum: text,
  id: text,
  title: nullableText,
  phase: nullableText,
  attempts: v.array(
    v.strictObject({
      id: text,
      startedAt: timestamp,
      finishedAt: nullableTime,
      ready: v.nullable(v.boolean()),
      answers: v.array(
        v.strictObject({
          criterion: text,
          question: nullableText,
          level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
          /** The level that passes. */
          pass: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3))),
          support: supportSchema,
          at: timestamp,
          revision: nullableText,
        }),
      ),
    }),
  ),
});

export const ExportedEvidenceSchema = v.strictObject({
  id: text,
  /** Tasks and criteria that it supports, qualified by their curriculum. */
  items: v.array(text),
  reference: referenceSchema,
  note: nullableText,
  addedAt: timestamp,
  verified: v.nullable(v.strictObject({ at: timestamp, holds: v.boolean(), message: text })),
});

export const ExportedAnswerSchema = v.strictObject({
  curriculum: text,
  question: text,
  at: timestamp,
  day,
  mode: modeSchema,
  /** Id of the sitting; null outside one. */
  sitting: nullableText,
  /** Seed of the figures and of the order of options: positions in `answer` are those on the screen. */
  seed: text,
  answer: answerSchema,
  result: v.picklist(['correct', 'partly', 'wrong', 'unknown', 'skipped']),
  score: v.number(),
  confidence: v.nullable(v.number()),
  ms: v.nullable(v.number()),
  concepts: v.array(text),
  /** 1 again, 2 hard, 3 good, 4 easy; null when the answer scheduled nothing. */
  rating: v.nullable(v.picklist([1, 2, 3, 4])),
  due: v.nullable(day),
  intervalDays: v.nullable(v.number()),
  /** Content hash of the question as it was asked. */
  revision: nullableText,
});

export const ExportedLabSchema = v.strictObject({
  curriculum: text,
  id: text,
  /** Null when the lab is not in the curriculum in use. */
  title: nullableText,
  phase: nullableText,
  standing: v.picklist(['not-started', 'started', 'assisted', 'passed']),
  startedAt: nullableTime,
  lastAt: timestamp,
  attempts: v.number(),
  /** The run that counts: what it takes to repeat it, and what it measured. A run on the learner's own computer. */
  pass: v.nullable(
    v.strictObject({
      at: timestamp,
      seed: v.number(),
      version: text,
      python: text,
      numpy: text,
      sourceSha: text,
      /** The solution had been seen before. */
      assisted: v.boolean(),
      metrics: v.array(metricSchema),
    }),
  ),
  /** Hints seen of each topic. */
  hints: v.record(text, v.number()),
  solutionSeenAt: nullableTime,
  predictions: v.array(
    v.strictObject({
      id: text,
      answer: predictionAnswerSchema,
      at: timestamp,
      right: v.nullable(v.boolean()),
      actual: v.nullable(v.number()),
    }),
  ),
  bugHuntsSolved: v.number(),
});

const knownKinds = Object.keys(payloadSchemas) as EventKind[];

/** An event of a kind that this version knows, or one whose kind it does not know. */
export const ExportedEventSchema: v.GenericSchema<unknown, StoredEvent> = v.union([
  ...knownKinds.map((kind) =>
    v.strictObject({
      ...envelopeEntries,
      kind: v.literal(kind),
      subject: v.pipe(v.string(), v.regex(subjectPattern(kind))),
      data: payloadSchemas[kind],
    }),
  ),
  v.strictObject({ ...envelopeEntries, kind: v.pipe(envelopeEntries.kind, v.notValues(knownKinds)) }),
]);

function subjectPattern(kind: EventKind): RegExp {
  const prefix = subjectKindOf[kind.split('.', 1)[0] ?? ''] ?? '';
  return prefix === 'profile' ? /^profile$/ : new RegExp(`^${prefix}/.`);
}

export const ExportSchema = v.strictObject({
  schema: v.literal('aisafe.export/1'),
  data: v.strictObject({
    /** The curriculum in use. */
    curriculum: v.strictObject({ id: text, title: text, version: text, revision: text }),
    /** First study day of what is here; null for everything. */
    since: v.nullable(day),
    profile: v.nullable(
      v.strictObject({
        background: v.nullable(v.picklist(['stem', 'other'])),
        hoursPerWeek: v.nullable(v.number()),
        at: timestamp,
      }),
    ),
    focus: v.array(
      v.strictObject({ curriculum: text, track: nullableText, answers: v.record(text, text), at: timestamp }),
    ),
    settings: v.record(text, text),
    /** Parts that `--what` left out are absent. */
    tasks: v.exactOptional(v.array(ExportedTaskSchema)),
    checkpoints: v.exactOptional(v.array(ExportedCheckpointSchema)),
    evidence: v.exactOptional(v.array(ExportedEvidenceSchema)),
    /** Answers to questions, in order; the events say the same and more. */
    answers: v.exactOptional(v.array(ExportedAnswerSchema)),
    labs: v.exactOptional(v.array(ExportedLabSchema)),
    notes: v.exactOptional(v.array(v.strictObject({ id: text, item: text, text, at: timestamp }))),
    /** What happened, in order (at, id), without undone actions and undos: what `aisafe import` reads. */
    events: v.exactOptional(v.array(ExportedEventSchema)),
  }),
});

export type ExportData = v.InferOutput<typeof ExportSchema>['data'];
export type ExportedTask = v.InferOutput<typeof ExportedTaskSchema>;
export type ExportedCheckpoint = v.InferOutput<typeof ExportedCheckpointSchema>;
export type ExportedEvidence = v.InferOutput<typeof ExportedEvidenceSchema>;
export type ExportedLab = v.InferOutput<typeof ExportedLabSchema>;
export type ExportedAnswer = v.InferOutput<typeof ExportedAnswerSchema>;
