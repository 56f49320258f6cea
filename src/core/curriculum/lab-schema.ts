/**
 * The format of a lab package, version 1: `labs/<id>/lab.yaml` and the `mutants.yaml` beside it. Like the rest of the
 * format only `content/` runs these schemas. Authors' guide: curriculum/README.md.
 */
import * as v from 'valibot';
import { about, id, ids, lasting, line, minutes, resources, scale, text, tracks } from './schema-fields.js';

const labId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by single hyphens'),
  v.minLength(3, 'the id of a lab has at least 3 characters'),
  v.maxLength(40, 'the id of a lab has at most 40 characters'),
);
const pythonFile = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9_]*\.py$/, 'the name of a Python file, such as attention.py: no folders'),
  v.maxLength(48, 'at most 48 characters'),
);
const plainFile = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)+$/, 'the name of a file, such as config.json: no folders'),
  v.maxLength(64, 'at most 64 characters'),
);
const pythonName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name of Python'),
  v.maxLength(60, 'at most 60 characters'),
);
const dottedName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/, 'a name such as np.linalg.svd'),
  v.maxLength(120, 'at most 120 characters'),
);
const checkId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the id of a check is lower-case words joined by single hyphens'),
  v.maxLength(60, 'at most 60 characters'),
);
const metricName = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9_]*$/, 'the name of a metric is lower case with underscores'),
  v.maxLength(60, 'at most 60 characters'),
);
const fuzzException = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*:[a-z0-9][a-z0-9_-]*$/, 'written as <function>:<variant>'),
  v.maxLength(100, 'at most 100 characters'),
);
const checkIds = v.array(checkId);
const whole = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer('a whole number'),
    v.minValue(min, `from ${min} to ${max}`),
    v.maxValue(max, `from ${min} to ${max}`),
  );

export const PredictionSchema = v.strictObject({
  id: checkId,
  prompt: line,
  kind: about(
    v.picklist(['number', 'direction']),
    'number: compared with the metric; direction: up, down or same, by the sign of the metric',
  ),
  metric: about(metricName, 'Name of a metric that the grader emits'),
  within: about(
    v.pipe(v.number(), v.minValue(0, 'not negative')),
    'How far off still counts as right; for a direction, how near to 0 is “same”',
  ),
  because: about(text, 'The explanation that is shown when it is scored'),
});

export const LabSchema = v.strictObject({
  format: v.literal(1, 'this program reads format 1'),
  id: labId,
  title: line,
  summary: about(text, 'What the learner can do afterwards, in one or two sentences'),
  phase: about(id, 'Phase that it belongs to'),
  tracks: v.optional(tracks),
  minutes,
  difficulty: about(scale, 'From 1 to 5'),
  concepts: about(ids, 'Concepts that a pass shows as applied'),
  file: about(pythonFile, 'Name of the learner’s file'),
  support: v.optional(about(v.array(pythonFile), 'Code that is copied next to it and may be read')),
  files: v.optional(about(v.array(plainFile), 'Further templates that are copied next to it')),
  serves: about(v.array(line), 'Sentences of the guide that it serves, word for word'),
  needs_labs: v.optional(about(v.array(labId), 'Labs that it builds on: advice, never a lock')),
  functions: about(
    v.pipe(v.array(pythonName), v.nonEmpty('name at least one function')),
    'Top-level functions and classes that the learner writes, in the order to write them',
  ),
  limits: about(
    v.strictObject({ total_s: whole(1, 600), memory_mb: whole(100, 8000) }),
    'Seconds for a whole check, and memory beyond NumPy’s own',
  ),
  forbid: v.optional(
    about(
      v.strictObject({ imports: v.optional(v.array(dottedName)), calls: v.optional(v.array(dottedName)) }),
      'Only where the lab is about that very thing',
    ),
  ),
  integration: v.optional(about(checkIds, 'Checks that need no mutant of their own')),
  fuzz_ok: v.optional(about(v.array(fuzzException), 'Justified exceptions from fuzzing: <function>:<variant>')),
  random_seeds: v.optional(about(whole(0, 1000), 'Random seeds that verify adds to the 24 of the pool')),
  hints: about(
    v.record(checkId, v.pipe(v.array(text), v.minLength(2, 'from 2 to 4 steps'), v.maxLength(4, 'from 2 to 4 steps'))),
    'For each topic, hints from a nudge to almost the answer',
  ),
  predict: v.optional(
    about(v.pipe(v.array(PredictionSchema), v.maxLength(3, 'at most 3')), 'Asked before the work, scored after a pass'),
  ),
  scenario_note: v.optional(line),
  resources: v.optional(resources),
  ...lasting,
});

const code = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(20_000, 'at most 20,000 characters'));
const replacement = v.pipe(v.string(), v.maxLength(20_000, 'at most 20,000 characters'));

export const MutantSchema = v.pipe(
  v.strictObject({
    id: checkId,
    misconception: about(line, 'What somebody believes who makes this mistake'),
    find: v.optional(about(code, 'Stands in solution.py exactly once')),
    replace: v.optional(replacement),
    edits: v.optional(
      v.pipe(v.array(v.strictObject({ find: code, replace: replacement })), v.nonEmpty('at least one edit')),
    ),
    fails: about(
      v.pipe(checkIds, v.nonEmpty('name the checks that catch it')),
      'Exactly the checks that do not pass, apart from skipped ones',
    ),
    message: about(
      v.pipe(line, v.check(isRegex, 'must be a regular expression of JavaScript')),
      'Regular expression for the message and the details of the first check in fails',
    ),
    also_only: v.optional(about(checkIds, 'Checks that must fail too when they are run alone')),
  }),
  v.check(
    ({ find, replace, edits }) =>
      edits === undefined ? find !== undefined && replace !== undefined : find === undefined && replace === undefined,
    'has either find and replace, or edits',
  ),
);

export const MutantsSchema = v.array(MutantSchema);

function isRegex(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
