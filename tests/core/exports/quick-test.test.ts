import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { day, timestamp } from '../../../src/core/exports/event-fields.js';
import { envelopeSchema, payloadSchemas } from '../../../src/core/exports/event-schema.js';
import { createQuickTest } from '../../../src/core/exports/quick-test.js';
import { anyLabEvent } from '../../helpers/lab-events.js';
import { anyQuestionEvent } from '../../helpers/question-events.js';

const payload = fc
  .oneof(anyQuestionEvent('aisafe'), anyLabEvent('aisafe', 'mine'))
  .map(({ kind, data }) => ({ kind, data: JSON.parse(JSON.stringify(data)) as unknown }));
const odd = fc.oneof(
  fc.constantFrom(null, true, '', 'x', '2026-02-30', -1, 0.5, 1e9, Number.POSITIVE_INFINITY, [], {}, [null]),
  fc.jsonValue(),
);
const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'type', 'phase'), fc.string({ maxLength: 3 }));

/** The value with something put in the place of one of its parts, or beside them. */
function spoil(value: unknown, path: readonly number[], [name, part]: readonly [string, unknown]): unknown {
  const [first, ...rest] = path;
  if (typeof value !== 'object' || value === null || first === undefined) return part;
  const entries = Object.entries(value);
  const place = first % (entries.length + 1);
  const changed = entries.map(([each, inner], index) => [
    each,
    index === place ? spoil(inner, rest, [name, part]) : inner,
  ]);
  if (Array.isArray(value)) return [...changed.map(([, inner]) => inner), ...(place === entries.length ? [part] : [])];
  const text = changed.map(([each, inner]) => `${JSON.stringify(each)}:${JSON.stringify(inner)}`);
  if (place === entries.length) text.push(`${JSON.stringify(name)}:${JSON.stringify(part)}`);
  return JSON.parse(`{${text.join(',')}}`);
}

describe('the quick test of a schema', () => {
  it('passes what the program writes', () => {
    fc.assert(
      fc.property(payload, ({ kind, data }) => {
        expect(createQuickTest(payloadSchemas[kind])(data)).toBe(true);
      }),
    );
  });

  it('passes nothing that the schema refuses or changes', () => {
    fc.assert(
      fc.property(
        payload,
        fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
        fc.tuple(key, odd),
        (each, path, by) => {
          const data = spoil(each.data, path, by);
          const schema: v.GenericSchema = payloadSchemas[each.kind];
          if (!createQuickTest(schema)(data)) return;
          const said = v.safeParse(schema, data);
          expect(said).toMatchObject({ success: true, output: data });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(Object.entries({ ...payloadSchemas, envelope: envelopeSchema }))(
    'passes no odd value for %s',
    (_, schema) => {
      fc.assert(
        fc.property(odd, (value) => {
          if (createQuickTest(schema)(value)) expect(v.safeParse(schema, value)).toMatchObject({ success: true });
        }),
      );
    },
  );

  it('leaves a schema that it does not know to the validator', () => {
    const schemas = [v.record(v.string(), v.string()), v.pipe(v.string(), v.trim()), v.optional(v.string(), 'x')];
    for (const schema of schemas) expect(createQuickTest(schema)(schema.type === 'record' ? {} : 'x')).toBe(false);
  });
});

describe('days and times from outside', () => {
  const two = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'));
  const year = fc
    .oneof(fc.nat(9999), fc.constantFrom(0, 1900, 2000, 2024, 2100))
    .map((each) => String(each).padStart(4, '0'));
  const date = fc.tuple(year, two(14), two(33)).map((parts) => parts.join('-'));
  const isWritten = (time: string) => {
    const instant = new Date(time);
    return !Number.isNaN(instant.getTime()) && instant.toISOString() === time;
  };

  it('exist exactly when JavaScript writes them so', () => {
    fc.assert(
      fc.property(date, two(26), two(62), two(62), (on, hour, minute, second) => {
        const time = `${on}T${hour}:${minute}:${second}.007Z`;
        expect([v.is(day, on), v.is(timestamp, time)]).toEqual([isWritten(`${on}T00:00:00.000Z`), isWritten(time)]);
      }),
      { numRuns: 5000 },
    );
  });
});
