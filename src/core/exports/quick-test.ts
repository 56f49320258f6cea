import type * as v from 'valibot';

/** Does a value surely satisfy a schema, and come out of it as it is? "No" may also mean: ask the schema. */
export type QuickTest = (value: unknown) => boolean;

/**
 * The schema as one function that makes no object: a third of the validator's time, and nearly every event of an import
 * passes. What is wrong with the others is told by the validator, which also decides wherever this knows no better.
 */
export function createQuickTest(schema: v.GenericSchema): QuickTest {
  if ('pipe' in schema) return pipeTest((schema as v.SchemaWithPipe<Pipe>).pipe);
  const known = schema as Known;
  switch (known.type) {
    case 'unknown':
      return () => true;
    case 'string':
    case 'boolean':
      return (value) => typeof value === known.type;
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'literal':
      return (value) => value === known.literal;
    case 'picklist':
      return (value) => known.options.some((option) => option === value);
    case 'nullable': {
      const test = createQuickTest(known.wrapped);
      return (value) => value === null || test(value);
    }
    case 'exact_optional':
      return createQuickTest(known.wrapped);
    case 'array': {
      const test = createQuickTest(known.item);
      return (value) => Array.isArray(value) && value.every(test);
    }
    case 'strict_object':
      return objectTest(known.entries);
    case 'variant':
      return variantTest(known.key, known.options);
    default:
      return askTheSchema;
  }
}

type Pipe = readonly [v.GenericSchema, ...v.GenericPipeItem[]];
type AnyObject = v.StrictObjectSchema<v.ObjectEntries, undefined>;
type Known =
  | v.UnknownSchema
  | v.StringSchema<undefined>
  | v.BooleanSchema<undefined>
  | v.NumberSchema<undefined>
  | v.LiteralSchema<string, undefined>
  | v.PicklistSchema<readonly (string | number)[], undefined>
  | v.NullableSchema<v.GenericSchema, undefined>
  | v.ExactOptionalSchema<v.GenericSchema, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | AnyObject
  | v.VariantSchema<string, AnyObject[], undefined>
  | v.RecordSchema<v.GenericSchema<string, string>, v.GenericSchema, undefined>;
type Validation =
  | v.RegexAction<string, undefined>
  | v.CheckAction<unknown, undefined>
  | v.IntegerAction<number, undefined>
  | v.NonEmptyAction<string, undefined>
  | v.MaxLengthAction<string, number, undefined>
  | v.MinValueAction<number, number, undefined>
  | v.MaxValueAction<number, number, undefined>;

const askTheSchema: QuickTest = () => false;

function pipeTest([first, ...rest]: Pipe): QuickTest {
  const tests = rest.map((item) => validationTest(item as Validation));
  return tests.reduce((before, test) => (value) => before(value) && test(value), createQuickTest(first));
}

/** The schema before it in the pipe has settled the type. */
function validationTest(action: Validation): QuickTest {
  switch (action.type) {
    case 'regex':
      return (value) => action.requirement.test(value as string);
    case 'check':
    case 'integer':
      return action.requirement as QuickTest;
    case 'non_empty':
      return (value) => (value as string).length > 0;
    case 'max_length':
      return (value) => (value as string).length <= action.requirement;
    case 'min_value':
      return (value) => (value as number) >= action.requirement;
    case 'max_value':
      return (value) => (value as number) <= action.requirement;
    default:
      return askTheSchema;
  }
}

function objectTest(entries: v.ObjectEntries): QuickTest {
  const tests = new Map(
    Object.entries(entries).map(([key, entry]) => [key, createQuickTest(entry as v.GenericSchema)]),
  );
  const optional = new Set(Object.keys(entries).filter((key) => entries[key]?.type === 'exact_optional'));
  const required = tests.size - optional.size;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const key in value) {
      if (tests.get(key)?.((value as Readonly<Record<string, unknown>>)[key]) !== true) return false;
      if (!optional.has(key)) found += 1;
    }
    return found === required;
  };
}

function variantTest(key: string, options: readonly AnyObject[]): QuickTest {
  const tests = new Map(
    options.map((option) => [
      (option.entries[key] as v.LiteralSchema<string, undefined>).literal,
      objectTest(option.entries),
    ]),
  );
  return (value) => {
    const name = (value as Readonly<Record<string, unknown>> | null)?.[key];
    return typeof name === 'string' && tests.get(name)?.(value) === true;
  };
}
