import type { Path } from './finding.js';

/**
 * The part of a validator's schema that says how a document is built. Pipes keep the shape of their first schema, so
 * checks on values do not show here.
 */
export type Shape =
  | { readonly type: 'strict_object'; readonly entries: Readonly<Record<string, Shape>> }
  | { readonly type: 'array'; readonly item: Shape }
  | { readonly type: 'strict_tuple'; readonly items: readonly Shape[] }
  | { readonly type: 'optional'; readonly wrapped: Shape }
  | { readonly type: 'record'; readonly value: Shape }
  | { readonly type: 'union'; readonly options: readonly Shape[] }
  /** Mappings told apart by the value of one key. */
  | { readonly type: 'variant'; readonly key: string; readonly options: readonly Shape[] }
  | { readonly type: 'picklist'; readonly options: readonly unknown[] }
  | { readonly type: 'literal'; readonly literal: unknown }
  | { readonly type: 'string' }
  | { readonly type: 'number' }
  | { readonly type: 'boolean' };

export interface Conformed {
  /** A value of the shape, whatever the input was: what did not fit is left out or stands empty. */
  readonly value: unknown;
  /** Where the input did not fit. */
  readonly mended: readonly Path[];
  /** Keys that the shape does not know, with those that it knows there. */
  readonly unknownKeys: readonly { readonly path: Path; readonly key: string; readonly allowed: readonly string[] }[];
}

/**
 * Makes any value fit the shape, so that rules can look at the sound part of a document with faults in it. Unknown
 * keys are dropped and reported, all of them (the validator reports the first of each mapping).
 */
export function conform(shape: Shape, input: unknown): Conformed {
  const mended: Path[] = [];
  const unknownKeys: { path: Path; key: string; allowed: readonly string[] }[] = [];

  const conformTo = (at: Shape, value: unknown, path: Path): unknown => {
    switch (at.type) {
      case 'strict_object':
        return isMapping(value) ? conformMapping(at.entries, value, path) : mend(at, path);
      case 'variant':
        return conformVariant(at, value, path);
      case 'optional':
        return conformTo(at.wrapped, value, path);
      case 'array':
        return Array.isArray(value)
          ? value.map((each, index) => conformTo(at.item, each, [...path, index]))
          : mend(at, path);
      case 'strict_tuple':
        return Array.isArray(value) && value.length === at.items.length
          ? at.items.map((item, index) => conformTo(item, value[index], [...path, index]))
          : mend(at, path);
      case 'record':
        return isMapping(value)
          ? Object.fromEntries(
              Object.entries(value).map(([key, each]) => [key, conformTo(at.value, each, [...path, key])]),
            )
          : mend(at, path);
      default:
        return isOneOf(at, value) ? value : mend(at, path);
    }
  };

  const conformVariant = (at: Shape & { readonly type: 'variant' }, value: unknown, path: Path) => {
    const option = optionOf(at, value);
    return option ? conformTo(option, value, path) : mend(at, path);
  };

  const conformMapping = (
    entries: Readonly<Record<string, Shape>>,
    value: Readonly<Record<string, unknown>>,
    path: Path,
  ) => {
    const allowed = Object.keys(entries);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(entries, key)) unknownKeys.push({ path: [...path, key], key, allowed });
    }
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(entries)) {
      const isThere = Object.hasOwn(value, key);
      if (entry.type !== 'optional')
        result[key] = isThere ? conformTo(entry, value[key], [...path, key]) : mend(entry, [...path, key]);
      else if (isThere) {
        if (isRightKind(entry.wrapped, value[key])) result[key] = conformTo(entry.wrapped, value[key], [...path, key]);
        else mended.push([...path, key]);
      }
    }
    return result;
  };

  const mend = (at: Shape, path: Path): unknown => {
    mended.push(path);
    return blank(at);
  };

  return { value: conformTo(shape, input, []), mended, unknownKeys };
}

/**
 * The shape that a path leads to, without `optional`; undefined where the format ends.
 * @param content what stands in the document, since it decides between variants.
 */
export function shapeAt(shape: Shape, path: Path, content: unknown): Shape | undefined {
  let at: Shape | undefined = shape;
  let value = content;
  for (const step of path) {
    at = at && stepInto(at, step, value);
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  return at?.type === 'optional' ? at.wrapped : at;
}

function stepInto(shape: Shape, step: string | number, value: unknown): Shape | undefined {
  switch (shape.type) {
    case 'optional':
      return stepInto(shape.wrapped, step, value);
    case 'variant': {
      if (step === shape.key)
        return { type: 'picklist', options: shape.options.map((each) => nameOf(each, shape.key)) };
      const option = optionOf(shape, value);
      return option && stepInto(option, step, value);
    }
    case 'strict_object':
      return Object.hasOwn(shape.entries, step) ? shape.entries[step] : undefined;
    case 'array':
      return shape.item;
    case 'strict_tuple':
      return typeof step === 'number' ? shape.items[step] : undefined;
    case 'record':
      return shape.value;
    default:
      return undefined;
  }
}

function optionOf(shape: Shape & { readonly type: 'variant' }, value: unknown): Shape | undefined {
  if (!isMapping(value)) return undefined;
  return shape.options.find((option) => nameOf(option, shape.key) === value[shape.key]);
}

/** The value of its key that stands for an option of a variant. */
function nameOf(option: Shape, key: string): unknown {
  const entry = option.type === 'strict_object' ? option.entries[key] : undefined;
  return entry?.type === 'literal' ? entry.literal : undefined;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRightKind(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'strict_object':
    case 'record':
    case 'variant':
      return isMapping(value);
    case 'array':
    case 'strict_tuple':
      return Array.isArray(value);
    case 'optional':
      return isRightKind(shape.wrapped, value);
    default:
      return isOneOf(shape, value);
  }
}

function isOneOf(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'picklist':
      return shape.options.includes(value);
    case 'literal':
      return shape.literal === value;
    case 'union':
      return shape.options.some((option) => isRightKind(option, value));
    default:
      // biome-ignore lint/suspicious/useValidTypeof: the leaves of a shape are named like the types of JavaScript
      return typeof value === shape.type;
  }
}

function blank(shape: Shape): unknown {
  switch (shape.type) {
    case 'strict_object':
      return Object.fromEntries(
        Object.entries(shape.entries).flatMap(([key, entry]) =>
          entry.type === 'optional' ? [] : [[key, blank(entry)]],
        ),
      );
    case 'record':
      return {};
    case 'array':
      return [];
    case 'strict_tuple':
      return shape.items.map(blank);
    case 'optional':
      return blank(shape.wrapped);
    case 'union':
    case 'variant':
      return shape.options[0] ? blank(shape.options[0]) : '';
    case 'picklist':
      return shape.options[0];
    case 'literal':
      return shape.literal;
    case 'string':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
  }
}
