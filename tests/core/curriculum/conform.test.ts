import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { conform } from '../../../src/core/curriculum/conform.js';
import { fileSchemas, PhaseSchema, TaskSchema } from '../../../src/core/curriculum/schema.js';

describe('making a value fit the format', () => {
  const task = { id: 'a', title: 'A', kind: 'read', minutes: [1, 2], importance: 1, difficulty: 1, why: 'Because' };

  it('changes nothing about one that fits', () => {
    expect(conform(TaskSchema, task)).toEqual({ value: task, mended: [], unknownKeys: [] });
  });

  it('puts a stand-in where something is missing or wrong, and leaves out what is optional', () => {
    const { why: _, ...rest } = task;
    expect(conform(TaskSchema, { ...rest, minutes: 'long', requires: 'b' })).toEqual({
      value: { ...rest, minutes: [0, 0], why: '' },
      mended: [['minutes'], ['requires'], ['why']],
      unknownKeys: [],
    });
  });

  it('names every unknown key', () => {
    const { unknownKeys } = conform(PhaseSchema, {
      id: 'p',
      title: 'P',
      modules: [{ id: 'm', title: 'M', x: 1, tasks: [{ ...task, y: 1, z: 1 }] }],
    });
    expect(unknownKeys.map(({ path }) => path.join('.'))).toEqual([
      'modules.0.x',
      'modules.0.tasks.0.y',
      'modules.0.tasks.0.z',
    ]);
  });

  it('makes anything a value of the right types: the validator finds fault with figures and words only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(fileSchemas)),
        fc.anything({ withNullPrototype: true }),
        (schema, input) => {
          const { issues = [] } = safeParse(schema, conform(schema, input).value);
          expect(issues.filter(({ kind }) => kind === 'schema')).toEqual([]);
        },
      ),
    );
  });
});
