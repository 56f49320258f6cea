/** Random events about labs, over few subjects so that they meet. */
import fc from 'fast-check';
import { checkStatuses } from '../../src/core/lab/lab-run.js';
import type { EventData, NewEvent } from '../../src/core/progress/event.js';
import type { LabEventData } from '../../src/core/progress/lab-event.js';

const word = fc.constantFrom('raw-spread', 'sharper');
const sha = fc.constantFrom('a'.repeat(64), 'b'.repeat(64));
const folder = fc.constantFrom('/home/me/aisafe-labs/x', 'C:\\labs\\x');
const finite = fc.constantFrom(0, -3.5, 2.5e-7, 4096);

const answer: fc.Arbitrary<EventData['lab.predicted']['answer']> = fc.oneof(
  fc.record({ type: fc.constant('number' as const), value: finite }),
  fc.record({ type: fc.constant('direction' as const), direction: fc.constantFrom('up', 'down', 'same') }),
  fc.constant({ type: 'unknown' as const }),
);

const checked: fc.Arbitrary<EventData['lab.checked']> = fc.record({
  seed: fc.nat(99_999),
  fullRun: fc.boolean(),
  passed: fc.boolean(),
  ms: fc.nat(60_000),
  python: fc.constantFrom('3.11.2', ''),
  numpy: fc.constant('1.24.2'),
  labVersion: fc.constantFrom('0123456789ab', 'ffffffffffff'),
  sourceSha: sha,
  checks: fc.array(fc.record({ id: fc.constantFrom('softmax', 'heads'), status: fc.constantFrom(...checkStatuses) }), {
    maxLength: 3,
  }),
  metrics: fc.array(fc.record({ check: fc.constant('heads'), name: fc.constant('spread'), value: finite }), {
    maxLength: 2,
  }),
  topic: fc.constantFrom('softmax', null),
});

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('def f():\n    pass\n', '=1+1'));

const payloads: { readonly [K in keyof LabEventData]: fc.Arbitrary<LabEventData[K]> } = {
  'lab.started': fc.record({ folder }),
  'lab.predicted': fc.record({ prediction: word, answer }),
  'lab.checked': checked,
  'lab.submitted': fc.record({
    sha,
    files: fc.array(fc.record({ name: fc.constantFrom('attention.py', 'REPORT.md'), text }), { maxLength: 2 }),
  }),
  'lab.predictions-scored': fc.record({
    scores: fc.array(fc.record({ prediction: word, right: fc.boolean(), actual: finite }), { maxLength: 2 }),
  }),
  'lab.hinted': fc.record({ topic: fc.constantFrom('softmax', 'mask'), step: fc.integer({ min: 1, max: 4 }) }),
  'lab.solution-seen': fc.record({ gaveUp: fc.boolean() }),
  'lab.reset': fc.record({ copy: fc.constantFrom('attention.py.bak-20261123-180000', null) }),
  'lab.bughunt-started': fc.record({ mutant: fc.constantFrom('no-scale', 'flipped'), folder }),
  'lab.bughunt-solved': fc.record({ mutant: fc.constantFrom('no-scale', 'flipped'), seed: fc.nat(99) }),
  'lab.trusted': fc.record({ hash: sha }),
};

/** Any event about a lab that a command could write, in either of two curricula. */
export function anyLabEvent(first: string, second: string): fc.Arbitrary<NewEvent> {
  const subject = fc.constantFrom(`lab/${first}/tf-attention`, `lab/${first}/gone-lab`, `lab/${second}/own-lab`);
  const revision = fc.constantFrom('0123456789ab', null);
  return fc.oneof(
    ...Object.entries(payloads).map(([kind, data]) =>
      fc.record({ kind: fc.constant(kind), subject, data: data as fc.Arbitrary<unknown>, revision }),
    ),
  ) as unknown as fc.Arbitrary<NewEvent>;
}
