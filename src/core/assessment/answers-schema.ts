/** The file of `aisafe check --answers`: the same answers as in a sitting, written down. Loads the validator. */
import * as v from 'valibot';
import type { Problem } from '../curriculum/finding.js';

const wholeLevel = 'a whole number from 0 to 3';
const shape = 'write { level: 0 to 3, evidence: [...] } or { level: 0 to 3, self_attested: true }';

/** The validator takes a list for an object without keys. */
const mapping = (message: string) =>
  v.custom<Record<string, unknown>>(
    (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
    message,
  );

const unknownKey = (known: string, missing: string) => (issue: v.StrictObjectIssue) =>
  issue.expected === 'never'
    ? `unknown key ${issue.received}; known: ${known}`
    : `${issue.expected} is missing; ${missing}`;

const AnswerSchema = v.pipe(
  mapping(`a level alone does not say what shows it; ${shape}`),
  v.strictObject(
    {
      level: v.pipe(
        v.number(wholeLevel),
        v.integer(wholeLevel),
        v.minValue(0, 'from 0 to 3'),
        v.maxValue(3, 'from 0 to 3'),
      ),
      evidence: v.optional(
        v.pipe(
          v.array(
            v.pipe(
              v.string('text: a URL, repository@commit, a file, or note: and words'),
              v.nonEmpty('must not be empty'),
            ),
            'a list: [..., ...]',
          ),
          v.maxLength(50, 'at most 50 pieces of evidence'),
        ),
      ),
      self_attested: v.optional(v.boolean('true or false')),
    },
    unknownKey('level, evidence, self_attested', shape),
  ),
);

const criteria = v.pipe(
  mapping('criteria maps the id of each criterion to its answer'),
  v.record(v.string(), AnswerSchema),
);
const whole = mapping('an answers file is a mapping with the key “criteria”');
const known = unknownKey('criteria, quiz', 'it maps the id of each criterion to its answer');

const AnswersSchema = v.pipe(whole, v.strictObject({ criteria }, known));
/** What stands under `quiz` is read with the questions at hand. */
const AnswersWithQuizSchema = v.pipe(
  whole,
  v.strictObject({ criteria: v.optional(criteria, {}), quiz: v.unknown() }, known),
);

/** One answer of the file. */
export type WrittenAnswer = v.InferOutput<typeof AnswerSchema>;

export type CheckedAnswers =
  | {
      readonly valid: true;
      readonly criteria: Readonly<Record<string, WrittenAnswer>>;
      /** What the file holds for the drawn questions; undefined: nothing. */
      readonly quiz: unknown;
    }
  | { readonly valid: false; readonly problems: readonly Problem[] };

/** Checks the shape of an answers file; reports every problem. */
export function checkAnswers(data: unknown): CheckedAnswers {
  const hasQuiz = typeof data === 'object' && data !== null && 'quiz' in data;
  const result = hasQuiz ? v.safeParse(AnswersWithQuizSchema, data) : v.safeParse(AnswersSchema, data);
  if (result.success) {
    const { output } = result;
    return { valid: true, criteria: output.criteria, quiz: 'quiz' in output ? (output.quiz ?? []) : undefined };
  }
  return {
    valid: false,
    problems: result.issues.map((issue) => ({
      path: (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
      at: issue.expected === 'never' ? 'key' : 'value',
      message: issue.message,
    })),
  };
}
