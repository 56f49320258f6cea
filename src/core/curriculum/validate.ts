import * as v from 'valibot';
import { nearest } from '../search/nearest.js';
import { type Conformed, conform, isMapping, type Shape, shapeAt } from './conform.js';
import type { FileKind } from './file-kinds.js';
import { didYouMean, type Path, type Problem, quoted, type ReadingRule } from './finding.js';
import { fileSchemas } from './schema.js';

export type FileValue<K extends FileKind> = v.InferOutput<(typeof fileSchemas)[K]>;

export interface Validated<T> {
  /** Of the right type throughout; where `faults` point, it holds a stand-in. */
  readonly value: T;
  readonly problems: readonly (Problem & { readonly rule: ReadingRule })[];
  /** Where the file is wrong: what a rule says about these places says nothing about the file. */
  readonly faults: readonly Path[];
}

/** More are not listed: no one reads them, and a hostile file could hold a million. */
const mostIssues = 500;

/** Checks the content of one file against the format. Never throws. */
export function validateFile<K extends FileKind>(kind: K, content: unknown): Validated<FileValue<K>> {
  const schema = fileSchemas[kind];
  const conformed = conform(schema, content);
  const problems = [
    ...conformed.unknownKeys.slice(0, mostIssues).map(unknownKeyProblem),
    ...describeFaults(schema, content, findFaults(schema, content, conformed)),
  ];
  return {
    // `conform` earned the type: it built the value along the schema itself.
    value: conformed.value as FileValue<K>,
    problems,
    faults: [...conformed.mended, ...problems.map((problem) => problem.path)],
  };
}

interface Fault {
  readonly path: Path;
  /** What a check on a value of the right type says; left out when the type is wrong or nothing is there. */
  readonly check?: string;
}

function findFaults(schema: Shape & v.GenericSchema, content: unknown, { mended }: Conformed): readonly Fault[] {
  // The validator would take seconds over a file in which nothing is right, and say no more.
  if (mended.length > mostIssues) return mended.map((path) => ({ path }));
  const { issues = [] } = v.safeParse(schema, content);
  return issues.flatMap((issue) => {
    // `conform` reports the unknown keys.
    if (issue.type === 'strict_object' && issue.expected === 'never') return [];
    const path = (issue.path ?? []).map((step) => (typeof step.key === 'number' ? step.key : String(step.key)));
    return [issue.kind === 'validation' || issue.type === 'literal' ? { path, check: issue.message } : { path }];
  });
}

function unknownKeyProblem({ path, key, allowed }: Conformed['unknownKeys'][number]) {
  const guess = didYouMean(nearest(key, allowed, 1));
  return {
    rule: 'unknown-key',
    path,
    at: 'key',
    message: `unknown key ${quoted(key)}`,
    hint: guess ?? `Keys here: ${allowed.join(', ')}.`,
  } as const;
}

function describeFaults(schema: Shape, content: unknown, faults: readonly Fault[]) {
  const problems: (Problem & { rule: ReadingRule })[] = [];
  const seen = new Set<string>();
  for (const fault of faults) {
    if (problems.length >= mostIssues) break;
    const found = describeFault(schema, content, fault);
    const place = JSON.stringify(found.path);
    // One wrong value often breaks several checks; the first says enough.
    if (seen.has(place)) continue;
    seen.add(place);
    problems.push(found);
  }
  return problems;
}

function describeFault(schema: Shape, content: unknown, fault: Fault): Problem & { rule: ReadingRule } {
  const path = placeOf(schema, content, fault.path);
  const name = nameOf(path);
  const shape = shapeAt(schema, path, content);
  if (path.length < fault.path.length) return wrongType(name, path, shape, valueAt(content, path));
  const { value, isThere } = lookUp(content, path);
  if (!isThere) return { rule: 'missing-key', path, message: `${name} is missing` };
  // What is none of the words of a union breaks the pattern that stands beside them, which is no help to anyone.
  if (fault.check !== undefined && shape?.type !== 'union') {
    const given = typeof value === 'object' ? '' : ` is ${quoted(value)}`;
    return { rule: 'bad-value', path, message: `${name}${given}: ${fault.check}` };
  }
  const allowed = shape ? optionsOf(shape) : [];
  if (allowed.length === 0 || typeof value !== 'string') return wrongType(name, path, shape, value);
  return {
    rule: 'unknown-value',
    path,
    message: `${name} cannot be ${quoted(value)}`,
    hint: didYouMean(nearest(value, allowed, 1)) ?? `One of: ${allowed.join(', ')}.`,
  };
}

/** The first value on the way down that is not of its kind: a list where a mapping belongs makes every key in it wrong. */
function placeOf(schema: Shape, content: unknown, path: Path): Path {
  for (let length = 0; length < path.length; length++) {
    const above = path.slice(0, length);
    const shape = shapeAt(schema, above, content);
    const value = valueAt(content, above);
    if ((shape?.type === 'strict_object' || shape?.type === 'variant') && !isMapping(value)) return above;
    if (shape?.type === 'strict_tuple' && (!Array.isArray(value) || value.length !== shape.items.length)) return above;
  }
  return path;
}

function wrongType(
  name: string,
  path: Path,
  shape: Shape | undefined,
  value: unknown,
): Problem & { rule: ReadingRule } {
  const isUnquoted = shape?.type === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  const mend =
    path.length === 0 ? 'Write an empty list, [], or delete the file.' : 'Write a value, or leave the key out.';
  const hint = value === null ? mend : isUnquoted ? `Put it in quotes: "${String(value)}".` : undefined;
  return {
    rule: 'wrong-type',
    path,
    message: `${name} is ${kindOf(value)}, not ${shape ? expectation(shape) : 'what the format takes'}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (typeof last === 'string') return quoted(last);
  const key = path.findLast((step) => typeof step === 'string');
  if (key === undefined) return last === undefined ? 'the file' : 'an entry';
  return `an entry of ${quoted(key)}`;
}

function expectation(shape: Shape): string {
  switch (shape.type) {
    case 'strict_object':
    case 'variant':
    case 'record':
      return 'a mapping';
    case 'array':
      return 'a list';
    case 'strict_tuple':
      return `a list of ${shape.items.length}`;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'optional':
      return expectation(shape.wrapped);
    default:
      return 'text';
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'text';
}

function optionsOf(shape: Shape): string[] {
  if (shape.type === 'picklist') return shape.options.filter((option) => typeof option === 'string');
  return shape.type === 'union' ? shape.options.flatMap(optionsOf) : [];
}

function lookUp(content: unknown, path: Path): { readonly value: unknown; readonly isThere: boolean } {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return { value: undefined, isThere: false };
    value = Reflect.get(value, step);
  }
  return { value, isThere: true };
}

function valueAt(content: unknown, path: Path): unknown {
  return lookUp(content, path).value;
}
