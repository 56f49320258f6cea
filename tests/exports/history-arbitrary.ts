import fc from 'fast-check';
import type { EventKind, NewEvent } from '../../src/core/progress/event.js';
import { anyLabEvent } from '../helpers/lab-events.js';
import { anyQuestionEvent } from '../helpers/question-events.js';

type DataOf<K extends EventKind> = Extract<NewEvent, { kind: K }>['data'];

function event<K extends EventKind>(
  kind: K,
  subject: fc.Arbitrary<string>,
  data: fc.Arbitrary<DataOf<K>>,
): fc.Arbitrary<NewEvent> {
  const revision = fc.constantFrom('0123456789ab', 'ffffffffffff', null);
  return fc.record({ kind: fc.constant(kind), subject, data, revision }) as unknown as fc.Arbitrary<NewEvent>;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    '\t=x',
    'two\nlines',
    'a,"b"',
    '<b>|_*',
    '\u001b[31m',
    '\u202e',
    '\ud800',
    'ñ漢🙂',
    '__proto__',
  ),
);
const empty = fc.constant({});
const task = fc
  .constantFrom('attention', 'old-attention', 'softmax', 'gone', 'probe', 'dropped')
  .map((id) => `task/sample/${id}`);
const foreignTask = fc.constantFrom('task/mine/first', 'task/mine/second');
const anyTask = fc.oneof({ weight: 5, arbitrary: task }, { weight: 1, arbitrary: foreignTask });
const step = fc.constantFrom('forward', 'check', 'dropped-step', '7');
const entry = (kind: 'note' | 'evidence') =>
  fc.constantFrom('aaaaaaaaaaaa', 'bbbbbbbbbbbb').map((id) => `${kind}/${id}`);
const item = fc.constantFrom('sample/attention', 'sample/phase1-check/papers', 'mine/first');
const checkpoint = fc.constantFrom('checkpoint/sample/phase1-check', 'checkpoint/mine/other-check');
const attempt = fc.constantFrom('first', 'second');
const day = fc.constantFrom('2026-11-30', '2027-01-02');

const reference: fc.Arbitrary<DataOf<'evidence.added'>['reference']> = fc.oneof(
  fc.record({ type: fc.constant('url' as const), url: fc.webUrl() }),
  fc.record({
    type: fc.constant('commit' as const),
    repository: fc.constantFrom(
      '/home/me/secret/repo',
      'owner/name',
      'git@github.com:owner/name.git',
      'https://example.org/r',
    ),
    commit: fc.constant('0123456789abcdef0123456789abcdef01234567'),
  }),
  fc.record({
    type: fc.constant('file' as const),
    path: fc.constant('/home/me/secret/mlp.py'),
    sha256: fc.constant('a'.repeat(64)),
    bytes: fc.nat(),
  }),
  fc.record({ type: fc.constant('note' as const), text }),
);

const support: fc.Arbitrary<DataOf<'checkpoint.answered'>['support']> = fc.oneof(
  fc.record({ type: fc.constant('self-attested' as const) }),
  fc.record({ type: fc.constant('evidence' as const), evidence: fc.constant(['aaaaaaaaaaaa']) }),
);

/** Any event that a command could write. */
export const anyNewEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  { weight: 8, arbitrary: anyQuestionEvent('sample', 'mine') },
  { weight: 8, arbitrary: anyLabEvent('sample', 'mine') },
  event('task.started', anyTask, empty),
  event('task.done', anyTask, empty),
  event('task.skipped', anyTask, fc.record({ reason: text }, { requiredKeys: [] })),
  event('task.deferred', anyTask, fc.record({ until: day })),
  event('task.waived', anyTask, fc.record({ reason: text }, { requiredKeys: [] })),
  event('task.reopened', anyTask, empty),
  event('step.done', anyTask, fc.record({ step })),
  event('step.reopened', anyTask, fc.record({ step })),
  event('time.logged', anyTask, fc.record({ minutes: fc.integer({ min: 1, max: 600 }) })),
  event('note.added', entry('note'), fc.record({ item, text })),
  event('note.removed', entry('note'), empty),
  event(
    'evidence.added',
    entry('evidence'),
    fc.record(
      { items: fc.array(item, { maxLength: 2 }), reference, note: text },
      { requiredKeys: ['items', 'reference'] },
    ),
  ),
  event('evidence.verified', entry('evidence'), fc.record({ holds: fc.boolean(), message: text })),
  event('evidence.removed', entry('evidence'), empty),
  event('checkpoint.started', checkpoint, fc.record({ attempt })),
  event(
    'checkpoint.answered',
    checkpoint,
    fc.record({
      attempt,
      criterion: fc.constantFrom('from-scratch', 'papers', 'dropped-criterion'),
      level: fc.integer({ min: 0, max: 3 }),
      support,
    }),
  ),
  event('checkpoint.finished', checkpoint, fc.record({ attempt, ready: fc.boolean() })),
  event(
    'profile.set',
    fc.constant('profile'),
    fc.record(
      { background: fc.constantFrom('stem' as const, 'other' as const), hoursPerWeek: fc.integer({ min: 1, max: 60 }) },
      { requiredKeys: [] },
    ),
  ),
  event(
    'focus.set',
    fc.constantFrom('focus/sample', 'focus/mine'),
    fc.record(
      { track: fc.constantFrom('left', null), answers: fc.constant({ zeal: 'much', care: 'some' }) },
      { requiredKeys: ['track'] },
    ),
  ),
  event('setting.set', fc.constantFrom('setting/cap', 'setting/a.b', 'setting/python'), fc.record({ value: text })),
  event('setting.removed', fc.constantFrom('setting/cap', 'setting/python'), empty),
  event('curriculum.added', fc.constant('curriculum/mine'), fc.record({ path: fc.constant('/home/me/mine') })),
  event('curriculum.removed', fc.constant('curriculum/mine'), empty),
  event(
    'curriculum.accepted',
    fc.constant('curriculum/sample'),
    fc.record({
      version: fc.constant('1'),
      revision: fc.constant('c0ffee'),
      items: fc.constant({ attention: '0123456789ab' }),
    }),
  ),
);

/** What a learner does: actions of a few events, undos, time passing, and events of a kind from the future arriving. */
export type Deed =
  | { readonly type: 'act'; readonly events: readonly NewEvent[] }
  | { readonly type: 'undo'; readonly count: number }
  | { readonly type: 'wait'; readonly hours: number }
  | { readonly type: 'receive'; readonly number: number; readonly data: unknown };

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('act' as const),
        events: fc.array(anyNewEvent, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('undo' as const), count: fc.integer({ min: 1, max: 2 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 100 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('receive' as const), number: fc.nat(999), data: fc.jsonValue() }),
    },
  ),
  { minLength: 1, maxLength: 15 },
);
