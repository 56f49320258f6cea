/**
 * The form of an event outside the store: what `import` accepts and what the published JSON Schema of an export says.
 * Payloads are strict, because folding spreads them into states: a key that this version does not know must not get
 * there. Loaded only by `import` and by tests.
 */
import * as v from 'valibot';
import type { EventData, EventKind } from '../progress/event.js';
import type { SubjectKind } from '../progress/subject.js';
import { day, name, pattern, qualifiedId, revision, text, timestamp, uuid, word } from './event-fields.js';
import { labPayloads, labReferenceSchema } from './lab-event-schema.js';
import { questionPayloads } from './question-event-schema.js';

export const supportSchema = v.variant('type', [
  v.strictObject({ type: v.literal('self-attested') }),
  v.strictObject({ type: v.literal('evidence'), evidence: v.pipe(v.array(word), v.maxLength(1000, 'at most 1000')) }),
]);

export const referenceSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('url'),
    url: pattern(/^[Hh][Tt][Tt][Pp][Ss]?:\/\//, 'must be an https or http address', 8192),
  }),
  v.strictObject({
    type: v.literal('commit'),
    repository: name,
    commit: pattern(/^[0-9A-Fa-f]+$/, 'must be a commit hash', 64),
  }),
  v.strictObject({
    type: v.literal('file'),
    path: name,
    sha256: pattern(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex', 64),
    bytes: v.pipe(v.number('must be a number'), v.integer('must be whole'), v.minValue(0, 'must not be negative')),
  }),
  v.strictObject({ type: v.literal('note'), text }),
  labReferenceSchema,
]);

const level = v.pipe(
  v.number('must be a number'),
  v.integer('must be whole'),
  v.minValue(0, 'must be from 0 to 3'),
  v.maxValue(3, 'must be from 0 to 3'),
);
const nothing = v.strictObject({});
const reason = v.strictObject({ reason: v.exactOptional(text) });

/** The payload of each kind of event that this version knows. */
export const payloadSchemas = {
  'task.started': nothing,
  'task.done': nothing,
  'task.skipped': reason,
  'task.deferred': v.strictObject({ until: day }),
  'task.waived': reason,
  'task.reopened': nothing,
  'step.done': v.strictObject({ step: word }),
  'step.reopened': v.strictObject({ step: word }),
  'time.logged': v.strictObject({
    minutes: v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must not be negative'),
      v.maxValue(1_000_000, 'at most 1,000,000'),
    ),
  }),
  'note.added': v.strictObject({ item: qualifiedId, text }),
  'note.removed': nothing,
  'evidence.added': v.strictObject({
    items: v.pipe(v.array(qualifiedId), v.maxLength(1000, 'at most 1000')),
    reference: referenceSchema,
    note: v.exactOptional(text),
  }),
  'evidence.verified': v.strictObject({ holds: v.boolean('must be true or false'), message: text }),
  'evidence.removed': nothing,
  'checkpoint.started': v.strictObject({ attempt: word }),
  'checkpoint.answered': v.strictObject({ attempt: word, criterion: word, level, support: supportSchema }),
  'checkpoint.finished': v.strictObject({ attempt: word, ready: v.boolean('must be true or false') }),
  ...questionPayloads,
  ...labPayloads,
  'profile.set': v.strictObject({
    background: v.exactOptional(v.picklist(['stem', 'other'])),
    hoursPerWeek: v.exactOptional(
      v.pipe(
        v.number('must be a number'),
        v.minValue(0, 'must not be negative'),
        v.maxValue(168, 'a week has 168 hours'),
      ),
    ),
  }),
  'focus.set': v.strictObject({ track: v.nullable(word), answers: v.exactOptional(v.record(word, word)) }),
  'setting.set': v.strictObject({ value: text }),
  'setting.removed': nothing,
  'curriculum.added': v.strictObject({ path: name }),
  'curriculum.removed': nothing,
  'curriculum.accepted': v.strictObject({ version: name, revision, items: v.record(word, revision) }),
  'action.undone': v.strictObject({ action: uuid }),
} as const satisfies { readonly [K in EventKind]: v.GenericSchema<unknown, EventData[K]> };

/** The kind of subject that each kind of event is about. */
export const subjectKindOf: Readonly<Record<string, SubjectKind>> = {
  task: 'task',
  step: 'task',
  time: 'task',
  note: 'note',
  evidence: 'evidence',
  checkpoint: 'checkpoint',
  question: 'card',
  card: 'card',
  lab: 'lab',
  sitting: 'sitting',
  profile: 'profile',
  focus: 'focus',
  setting: 'setting',
  curriculum: 'curriculum',
  action: 'action',
};

/** What every event carries, whatever its kind. The payload of a kind that this version does not know may be anything. */
export const envelopeEntries = {
  id: uuid,
  action: uuid,
  at: timestamp,
  day,
  tz: pattern(/^[A-Za-z0-9][A-Za-z0-9+/_-]*$/, 'must be the name of a time zone', 64),
  device: pattern(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'must be the id of a device', 100),
  kind: pattern(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/, 'must be a kind such as task.done', 64),
  subject: pattern(/^[a-z]+(-[a-z]+)*(\/[!-.0-~]+)*$/, 'must be a subject such as task/aisafe/build-mlp', 400),
  revision: v.nullable(revision),
  data: v.unknown(),
} as const;

export const envelopeSchema = v.strictObject(envelopeEntries);
