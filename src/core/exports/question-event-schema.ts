/** The payloads of events about questions, cards and sittings. */
import * as v from 'valibot';
import type { EventData } from '../progress/event.js';
import { day, name, text, timestamp, word } from './event-fields.js';

const nothing = v.strictObject({});
const number = v.pipe(
  v.number('must be a number'),
  v.check((value: number) => Number.isFinite(value), 'must be a finite number'),
);
const between = (min: number, max: number) =>
  v.pipe(number, v.minValue(min, `must be from ${min} to ${max}`), v.maxValue(max, `must be from ${min} to ${max}`));
const count = v.pipe(number, v.integer('must be whole'), v.minValue(0, 'must not be negative'));
const few = <T extends v.GenericSchema>(schema: T) => v.pipe(v.array(schema), v.maxLength(1000, 'at most 1000'));
const seed = v.pipe(v.string('must be text'), v.maxLength(400, 'at most 400 characters'));

export const answerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('choice'), option: count }),
  v.strictObject({ type: v.literal('multi'), options: few(count) }),
  v.strictObject({ type: v.literal('number'), value: number }),
  v.strictObject({ type: v.literal('text'), text }),
  v.strictObject({ type: v.literal('cloze'), texts: few(text) }),
  v.strictObject({ type: v.literal('order'), order: few(count) }),
  v.strictObject({ type: v.literal('match'), pairs: few(count) }),
  v.strictObject({ type: v.literal('explain'), text, ticked: few(word) }),
  v.strictObject({ type: v.literal('unknown') }),
  v.strictObject({ type: v.literal('skipped') }),
]);

const cardSchema = v.variant('phase', [
  v.strictObject({ phase: v.literal('new') }),
  v.strictObject({
    phase: v.literal('review'),
    memory: v.strictObject({ stability: between(0, 1_000_000), difficulty: between(1, 10) }),
    lastReviewedAt: timestamp,
    due: day,
    intervalDays: count,
    reps: count,
    lapses: count,
  }),
]);

const schedulingSchema = v.strictObject({
  algorithm: v.literal('fsrs-6'),
  version: name,
  parameters: few(number),
  retention: between(0, 1),
  day,
  fuzzSeed: seed,
  rating: v.picklist([1, 2, 3, 4], 'must be 1, 2, 3 or 4'),
  interval: v.strictObject({
    exact: count,
    longest: count,
    smoothing: v.nullable(v.strictObject({ earliest: count, due: few(count) })),
  }),
  before: cardSchema,
  after: cardSchema,
});

export const modeSchema = v.picklist(
  ['quiz', 'review', 'check', 'placement'],
  'must be quiz, review, check or placement',
);

const questionKinds = [
  'question.answered',
  'question.flagged',
  'question.unflagged',
  'card.suspended',
  'card.resumed',
  'card.reset',
  'sitting.started',
  'sitting.finished',
] as const;

/** The payload of each kind of event about a question, a card or a sitting. */
export const questionPayloads = {
  'question.answered': v.strictObject({
    sitting: v.nullable(word),
    mode: modeSchema,
    seed,
    answer: answerSchema,
    result: v.picklist(['correct', 'partly', 'wrong', 'unknown', 'skipped']),
    score: between(0, 1),
    confidence: v.nullable(between(0.5, 1)),
    ms: v.nullable(count),
    concepts: few(word),
    scheduling: v.nullable(schedulingSchema),
  }),
  'question.flagged': v.strictObject({ note: text }),
  'question.unflagged': nothing,
  'card.suspended': v.strictObject({ reason: v.picklist(['leech', 'learner']) }),
  'card.resumed': nothing,
  'card.reset': v.strictObject({ reason: v.picklist(['meaning-changed', 'leech', 'learner']) }),
  'sitting.started': v.strictObject({
    mode: modeSchema,
    curriculum: word,
    topic: v.nullable(word),
    items: few(v.strictObject({ question: word, seed })),
    startedAt: timestamp,
  }),
  'sitting.finished': nothing,
} as const satisfies { readonly [K in (typeof questionKinds)[number]]: v.GenericSchema<unknown, EventData[K]> };
