/** The events that the grading process sends, one JSON line each: the form they are held to, and what they become. */
import * as v from 'valibot';

/** Longer texts are cut: a learner's `__repr__` may be of any length. */
const maxMessage = 4000;
const maxDetails = 20_000;
const maxChecks = 200;
const maxFrames = 50;

const cut = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => (text.length > most ? `${text.slice(0, most)}…` : text)),
  );
const message = cut(maxMessage);
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const names = v.pipe(v.array(name), v.maxLength(maxChecks));
const duration = v.pipe(v.number(), v.finite(), v.minValue(0));
const lineNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const frame = { file: message, line: lineNumber, func: message, code: message };
const where = v.nullable(
  v.object({ ...frame, chain: v.optional(v.pipe(v.array(v.object(frame)), v.maxLength(maxFrames)), []) }),
);

const check = v.object({
  id: name,
  title: message,
  needs: v.optional(names, []),
  /** Seconds, before the scale. */
  timeout: duration,
  hint: v.optional(v.nullable(name), null),
  uses: v.optional(names, []),
});

const LabEventSchema = v.variant('t', [
  v.object({ t: v.literal('hello'), python: name, numpy: name, executable: message, boot_ms: duration }),
  v.object({ t: v.literal('plan'), checks: v.pipe(v.array(check), v.maxLength(maxChecks)) }),
  v.object({
    t: v.literal('load'),
    status: v.picklist(['ok', 'error', 'forbidden', 'timeout']),
    message: v.optional(v.nullable(message), null),
    where: v.optional(where, null),
  }),
  v.object({ t: v.literal('seed'), seed: v.pipe(v.number(), v.integer()) }),
  v.object({ t: v.literal('start'), id: name }),
  v.object({
    t: v.literal('check'),
    id: name,
    status: v.picklist(['pass', 'fail', 'error', 'todo', 'timeout', 'skip', 'grader_error']),
    ms: duration,
    message: v.optional(v.nullable(message), null),
    details: v.optional(v.nullable(cut(maxDetails)), null),
    where: v.optional(where, null),
  }),
  v.object({ t: v.literal('metric'), id: name, name, value: v.pipe(v.number(), v.finite()) }),
  v.object({
    t: v.literal('fuzz'),
    fn: name,
    variant: name,
    outcome: v.picklist(['caught', 'passed', 'grader_error']),
    check: v.optional(v.nullable(name), null),
    message: v.optional(v.nullable(message), null),
  }),
  v.object({ t: v.literal('done') }),
  v.object({ t: v.literal('fatal'), kind: v.picklist(['numpy', 'grader', 'config']), message }),
]);

export type LabEvent = v.InferOutput<typeof LabEventSchema>;
export type PlannedCheck = v.InferOutput<typeof check>;
export type EventPlace = v.InferOutput<typeof where>;

const EnvelopeSchema = v.object({ n: v.string(), i: v.pipe(v.number(), v.integer()) });

export interface EventReader {
  /** The event that a line holds; undefined when it is not ours, out of order or not an event. */
  read(line: string): LabEvent | undefined;
}

/**
 * Reads the lines of one process. What lacks the run's nonce or comes out of turn was not written by the grader: code
 * under test can write to every descriptor, and none of it counts.
 */
export function createEventReader(nonce: string): EventReader {
  let next = 0;
  return {
    read: (line) => {
      const value = parseLine(line, nonce);
      const envelope = v.safeParse(EnvelopeSchema, value);
      if (!envelope.success || envelope.output.n !== nonce || envelope.output.i !== next) return undefined;
      next += 1;
      const event = v.safeParse(LabEventSchema, value);
      return event.success ? event.output : undefined;
    },
  };
}

/** The JSON of a line. Something else may have been written in front of it on the same line. */
function parseLine(line: string, nonce: string): unknown {
  const at = line.indexOf(`"${nonce}"`);
  if (at < 0) return undefined;
  for (const start of [0, line.lastIndexOf('{', at)]) {
    try {
      return JSON.parse(line.slice(Math.max(start, 0)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}
