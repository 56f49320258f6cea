/** The file of `aisafe check --answers`: the same answers as in a sitting, written down. Loads the validator. */
import * as v from 'valibot';
import type { Problem } from '../curriculum/finding.js';

const shape = 'write { level: 0 to 3, evidence: [...] } or { level: 0 to 3, self_attested: true }';

const AnswerSchema = v.strictObject(
  {
    level: v.pipe(
      v.number('a whole number from 0 to 3'),
      v.integer('a whole number from 0 to 3'),
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
  (issue) => {
    if (issue.expected === 'never') return `unknown key ${issue.received}; known: level, evidence, self_attested`;
    if (issue.expected === 'Object') return `a level alone does not say what shows it; ${shape}`;
    return `${issue.expected} is missing; ${shape}`;
  },
);

const AnswersSchema = v.strictObject(
  { criteria: v.record(v.string(), AnswerSchema, 'criteria maps the id of each criterion to its answer') },
  (issue) => {
    if (issue.expected === 'never') return `unknown key ${issue.received}; known: criteria`;
    return issue.expected === 'Object'
      ? 'an answers file is a mapping with the key “criteria”'
      : '“criteria” is missing';
  },
);

/** One answer of the file. */
export type WrittenAnswer = v.InferOutput<typeof AnswerSchema>;

export type CheckedAnswers =
  | { readonly valid: true; readonly criteria: Readonly<Record<string, WrittenAnswer>> }
  | { readonly valid: false; readonly problems: readonly Problem[] };

/** Checks the shape of an answers file; reports every problem. */
export function checkAnswers(data: unknown): CheckedAnswers {
  const result = v.safeParse(AnswersSchema, data);
  if (result.success) return { valid: true, criteria: result.output.criteria };
  return {
    valid: false,
    problems: result.issues.map((issue) => ({
      path: (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
      at: issue.expected === 'never' ? 'key' : 'value',
      message: issue.message,
    })),
  };
}
