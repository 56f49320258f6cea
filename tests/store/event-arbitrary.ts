import fc from 'fast-check';
import type { NewEvent } from '../../src/core/progress/event.js';
import { anyLabEvent } from '../helpers/lab-events.js';
import { anyQuestionEvent } from '../helpers/question-events.js';

const task = fc.constantFrom('a', 'b', 'c').map((name) => `task/aisafe/${name}`);
const step = fc.constantFrom('one', 'two', '3', '__proto__');
const name = fc.constantFrom('x', 'y');
const text = fc.string({ unit: 'binary', maxLength: 8 });
const empty = fc.constant({});

const event = <K extends NewEvent['kind']>(
  kind: K,
  subject: fc.Arbitrary<string>,
  data: fc.Arbitrary<Extract<NewEvent, { kind: K }>['data']>,
) => fc.record({ kind: fc.constant(kind), subject, data, revision: fc.constantFrom('r1', 'r2', null) });

const attempt = fc.constantFrom('first', 'second');
const checkpoint = fc.constant('checkpoint/aisafe/phase1-check');

/** Any event that a command could write, over few subjects so that they meet. */
const newEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  { weight: 10, arbitrary: anyQuestionEvent('aisafe', 'mine') },
  { weight: 6, arbitrary: anyLabEvent('aisafe', 'mine') },
  event('task.started', task, empty),
  event('task.done', task, empty),
  event('task.skipped', task, fc.record({ reason: text }, { requiredKeys: [] })),
  event('task.deferred', task, fc.record({ until: fc.constant('2026-11-01') })),
  event('task.waived', task, fc.record({ reason: text }, { requiredKeys: [] })),
  event('task.reopened', task, empty),
  event('step.done', task, fc.record({ step })),
  event('step.reopened', task, fc.record({ step })),
  event('time.logged', task, fc.record({ minutes: fc.integer({ min: 1, max: 600 }) })),
  event(
    'note.added',
    name.map((each) => `note/${each}`),
    fc.record({ item: fc.constant('aisafe/a'), text }),
  ),
  event(
    'note.removed',
    name.map((each) => `note/${each}`),
    empty,
  ),
  event(
    'evidence.added',
    name.map((each) => `evidence/${each}`),
    fc.record({ items: fc.constant(['aisafe/a']), reference: fc.record({ type: fc.constant('note' as const), text }) }),
  ),
  event(
    'evidence.verified',
    name.map((each) => `evidence/${each}`),
    fc.record({ holds: fc.boolean(), message: text }),
  ),
  event(
    'evidence.removed',
    name.map((each) => `evidence/${each}`),
    empty,
  ),
  event('checkpoint.started', checkpoint, fc.record({ attempt })),
  event(
    'checkpoint.answered',
    checkpoint,
    fc.record({
      attempt,
      criterion: step,
      level: fc.integer({ min: 0, max: 3 }),
      support: fc.constant({ type: 'self-attested' as const }),
    }),
  ),
  event('checkpoint.finished', checkpoint, fc.record({ attempt, ready: fc.boolean() })),
  event('profile.set', fc.constant('profile'), fc.record({ hoursPerWeek: fc.integer({ min: 1, max: 40 }) })),
  event('focus.set', fc.constant('focus/aisafe'), fc.record({ track: fc.constantFrom('governance', null) })),
  event('setting.set', fc.constantFrom('setting/cap', 'setting/python'), fc.record({ value: text })),
  event('setting.removed', fc.constantFrom('setting/cap', 'setting/python'), empty),
  event('curriculum.added', fc.constant('curriculum/mine'), fc.record({ path: text })),
  event('curriculum.removed', fc.constant('curriculum/mine'), empty),
);

/** One thing a learner does: an action of a few events, some undos, or time passing (milliseconds, also backwards). */
export type Move =
  | { readonly type: 'append'; readonly events: readonly NewEvent[] }
  | { readonly type: 'undo'; readonly count: number }
  | { readonly type: 'wait'; readonly millis: number };

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('append' as const),
        events: fc.array(newEvent, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('undo' as const), count: fc.integer({ min: 1, max: 3 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        millis: fc.integer({ min: -200_000_000, max: 5000 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 12 },
);
