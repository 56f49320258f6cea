import * as v from 'valibot';
import { isKnownEvent, type StoredEvent, withData } from '../progress/event.js';
import { subjectKind } from '../progress/subject.js';
import { envelopeSchema, payloadSchemas, subjectKindOf } from './event-schema.js';
import { createQuickTest, type QuickTest } from './quick-test.js';

export type CheckedEvent =
  | { readonly valid: true; readonly event: StoredEvent }
  | { readonly valid: false; readonly problems: readonly string[] };

/** How deep the payload of an event of unknown kind may be nested. */
const deepest = 32;

const isEnvelope = createQuickTest(envelopeSchema);
const payloadTests = new Map(Object.entries(payloadSchemas).map(([kind, schema]) => [kind, createQuickTest(schema)]));

/**
 * Checks one event that comes from outside, with the payload that its kind calls for. Events of kinds that this version
 * does not know are let through for the version that does.
 */
export function checkEvent(value: unknown): CheckedEvent {
  if (Array.isArray(value)) return invalid('must be an object, not a list');
  const envelope = parse(envelopeSchema, isEnvelope, value);
  if (!envelope.success) return { valid: false, problems: describe(envelope.issues, '') };
  const event: StoredEvent = envelope.output;
  if (!isKnownEvent(event)) {
    return isDeeperThan(event.data, deepest)
      ? invalid(`data: is nested more than ${deepest} deep`)
      : { valid: true, event };
  }
  const wanted = subjectKindOf[event.kind.split('.', 1)[0] ?? ''];
  if (subjectKind(event.subject) !== wanted || (wanted !== 'profile' && !event.subject.includes('/'))) {
    return invalid(`subject: “${event.subject}” is not what ${event.kind} is about`);
  }
  if (Array.isArray(event.data)) return invalid('data: must be an object, not a list');
  const payload = parse<unknown>(payloadSchemas[event.kind], payloadTests.get(event.kind), event.data);
  return payload.success
    ? { valid: true, event: withData(event, payload.output) }
    : { valid: false, problems: describe(payload.issues, 'data') };
}

/** What the schema says of the value; most of them are told by its quick test. */
function parse<T>(schema: v.GenericSchema<unknown, T>, isValid: QuickTest | undefined, value: unknown) {
  return isValid?.(value)
    ? ({ success: true, output: value as T } as const)
    : v.safeParse(schema, value, { abortPipeEarly: true });
}

function invalid(problem: string): CheckedEvent {
  return { valid: false, problems: [problem] };
}

function describe(issues: readonly v.BaseIssue<unknown>[], prefix: string): readonly string[] {
  return issues.slice(0, 5).map((issue) => {
    const path = [prefix, v.getDotPath(issue)].filter(Boolean).join('.');
    return path === '' ? sentence(issue) : `${path}: ${sentence(issue)}`;
  });
}

/** Messages of the schema are kept; those that the validator makes up are put into plain words. */
function sentence({ expected, received, message }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'is a key that this version does not know';
  if (received === 'undefined') return 'is missing';
  if (!message.startsWith('Invalid type')) return message;
  const wanted =
    expected === 'Object'
      ? 'an object'
      : expected === 'Array'
        ? 'a list'
        : (expected ?? 'something else').replaceAll(/[()]/g, '');
  return `must be ${wanted.replaceAll(' | ', ' or ')}, not ${received.length > 60 ? `${received.slice(0, 60)}…` : received}`;
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
