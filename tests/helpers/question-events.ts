/** Random events about questions, cards and sittings, over few subjects so that they meet. */
import fc from 'fast-check';
import type { EventData, NewEvent } from '../../src/core/progress/event.js';
import type { CardState, Rating, SchedulingRecord } from '../../src/core/schedule/card.js';

const question = fc.constantFrom('softmax-limit', 'rank', 'blanks');
const seed = fc.constantFrom('s', 'a/b', 'ü🙂');
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('=1+1', 'two\nlines', '__proto__'));
const position = fc.nat(5);
const positions = fc.array(position, { maxLength: 4 });
const day = fc.constantFrom('2026-10-02', '2026-11-30', '2027-01-02');
const empty = fc.constant({});

const answer: fc.Arbitrary<EventData['question.answered']['answer']> = fc.oneof(
  fc.record({ type: fc.constant('choice' as const), option: position }),
  fc.record({ type: fc.constant('multi' as const), options: positions }),
  fc.record({ type: fc.constant('number' as const), value: fc.constantFrom(0, -3, 2.5e-7, 4096, 1e21) }),
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record({ type: fc.constant('cloze' as const), texts: fc.array(text, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('order' as const), order: positions }),
  fc.record({ type: fc.constant('match' as const), pairs: positions }),
  fc.record({ type: fc.constant('explain' as const), text, ticked: fc.constant(['proxy']) }),
  fc.constantFrom({ type: 'unknown' as const }, { type: 'skipped' as const }),
);

const card: fc.Arbitrary<CardState> = fc.oneof(
  fc.constant({ phase: 'new' as const }),
  fc.record({
    phase: fc.constant('review' as const),
    memory: fc.record({ stability: fc.constantFrom(0.01, 2.3065, 36500), difficulty: fc.constantFrom(1, 5.25, 10) }),
    lastReviewedAt: fc.constant('2026-10-01T12:00:00.000Z'),
    due: day,
    intervalDays: fc.integer({ min: 1, max: 400 }),
    reps: fc.nat(30),
    lapses: fc.nat(9),
  }),
);

const scheduling: fc.Arbitrary<SchedulingRecord> = fc.record({
  algorithm: fc.constant('fsrs-6' as const),
  version: fc.constant('5.4.2'),
  parameters: fc.constant([0.212, 1.2931, 0.1542]),
  retention: fc.constantFrom(0.7, 0.9),
  day,
  fuzzSeed: seed,
  rating: fc.constantFrom<Rating>(1, 2, 3, 4),
  interval: fc.record({
    exact: fc.nat(400),
    longest: fc.constant(1825),
    smoothing: fc.option(fc.record({ earliest: fc.nat(30), due: positions })),
  }),
  before: card,
  after: card,
});

const mode = fc.constantFrom('quiz' as const, 'review' as const, 'check' as const, 'placement' as const);

function event<K extends NewEvent['kind']>(
  kind: K,
  subject: fc.Arbitrary<string>,
  data: fc.Arbitrary<EventData[K]>,
): fc.Arbitrary<NewEvent> {
  const revision = fc.constantFrom('0123456789ab', 'ffffffffffff', null);
  return fc.record({ kind: fc.constant(kind), subject, data, revision }) as unknown as fc.Arbitrary<NewEvent>;
}

/** @param curricula ids to draw from. */
export function anyQuestionEvent(...curricula: readonly string[]): fc.Arbitrary<NewEvent> {
  const subject = fc.tuple(fc.constantFrom(...curricula), question).map(([id, name]) => `card/${id}/${name}`);
  const sitting = fc.constantFrom('sitting/first', 'sitting/second');
  const answered = fc.record({
    sitting: fc.constantFrom('first', 'second', null),
    mode,
    seed,
    answer,
    result: fc.constantFrom(
      'correct' as const,
      'partly' as const,
      'wrong' as const,
      'unknown' as const,
      'skipped' as const,
    ),
    score: fc.constantFrom(0, 0.5, 1),
    confidence: fc.constantFrom(0.5, 0.8, 0.95, null),
    ms: fc.option(fc.nat(60_000)),
    concepts: fc.constantFrom(['softmax'], ['softmax', 'rank'], []),
    scheduling: fc.option(scheduling),
  });
  return fc.oneof(
    { weight: 4, arbitrary: event('question.answered', subject, answered) },
    event('question.flagged', subject, fc.record({ note: text })),
    event('question.unflagged', subject, empty),
    event('card.suspended', subject, fc.record({ reason: fc.constantFrom('leech' as const, 'learner' as const) })),
    event('card.resumed', subject, empty),
    event(
      'card.reset',
      subject,
      fc.record({ reason: fc.constantFrom('meaning-changed' as const, 'leech' as const, 'learner' as const) }),
    ),
    event(
      'sitting.started',
      sitting,
      fc.record({
        mode,
        curriculum: fc.constantFrom(...curricula),
        topic: fc.constantFrom('phase1', null),
        items: fc.array(fc.record({ question, seed }), { maxLength: 3 }),
        startedAt: fc.constant('2026-10-01T12:00:00.000Z'),
      }),
    ),
    event('sitting.finished', sitting, empty),
  );
}
