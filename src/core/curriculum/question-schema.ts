/** The format of `questions/<area>.yaml`. Authors' guide: curriculum/README.md. */
import * as v from 'valibot';
import { about, dayOrMonth, id, ids, lasting, line, scale, text } from './schema-fields.js';

const claims = ['established', 'dated', 'contested', 'speculative'] as const;

/** What every question has. `kind` comes second, as authors write it. */
const common = {
  concepts: v.pipe(
    ids,
    v.minLength(1, 'name at least one concept'),
    v.maxLength(3, 'at most three concepts'),
    v.description('Concepts that it asks for, the main one first'),
  ),
  difficulty: about(scale, 'From 1 to 5; 4 and 5 make a good practitioner think'),
  prompt: text,
  explanation: about(text, 'Always shown after the answer: it teaches, in two to four sentences'),
  source: v.pipe(
    ids,
    v.minLength(1, 'name at least one resource'),
    v.maxLength(3, 'at most three resources'),
    v.description('Ids of resources.yaml where it can be read'),
  ),
  claim: v.optional(
    about(v.picklist(claims), 'Left out: established. Contested and speculative claims are asked by kind explain only'),
  ),
  as_of: v.optional(about(dayOrMonth, 'When a dated claim was true: YYYY-MM or YYYY-MM-DD')),
  meaning: v.optional(
    about(
      v.literal('changed', 'only “changed”'),
      'After an edit that asks for something else: learners are asked once',
    ),
  ),
  ...lasting,
};

const option = v.strictObject({
  text: about(text, 'What the learner reads'),
  correct: v.optional(v.boolean()),
  because: v.optional(about(text, 'Why one might choose it, and why it is wrong')),
});
const options = (least: number) =>
  v.pipe(v.array(option), v.minLength(least, `at least ${least} options`), v.maxLength(8, 'at most 8 options'));

const expression = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(400, 'at most 400 characters'));
const expressionOrNumber = v.union([v.number(), expression]);
const parameterName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/, 'a name begins with a letter and has at most 20 letters, digits and _'),
);

const integer = v.pipe(v.number(), v.integer('a whole number'), v.safeInteger('a smaller number'));
const range = 'the lower end comes first: [low, high]';

/** Where the value of a parameter is drawn from; exactly one of `int`, `choose` and `real`. */
export const ParameterSchema = v.pipe(
  v.strictObject({
    int: v.optional(
      v.pipe(
        v.strictTuple([integer, integer]),
        v.check(([low, high]) => low <= high, range),
        v.description('A whole number from low to high, both included'),
      ),
    ),
    choose: v.optional(
      v.pipe(
        v.array(v.number()),
        v.minLength(2, 'at least two values'),
        v.maxLength(100, 'at most 100 values'),
        v.description('One of these values'),
      ),
    ),
    real: v.optional(
      v.pipe(
        v.strictTuple([v.number(), v.number()]),
        v.check(([low, high]) => low <= high, range),
        v.description('A value from low to high in steps of `step`'),
      ),
    ),
    step: v.optional(v.pipe(v.number(), v.gtValue(0, 'more than 0'))),
  }),
  v.check(
    ({ int, choose, real }) => [int, choose, real].filter((each) => each !== undefined).length === 1,
    'exactly one of int, choose and real',
  ),
  v.check(({ real, step }) => (real === undefined) === (step === undefined), '`real` and `step` go together'),
);

/** How far from the answer still counts; exactly one of the three. */
const ToleranceSchema = v.pipe(
  v.strictObject({
    relative: v.optional(v.pipe(v.number(), v.gtValue(0, 'more than 0'), v.maxValue(0.5, 'at most 0.5'))),
    absolute: v.optional(v.pipe(v.number(), v.gtValue(0, 'more than 0'))),
    exact: v.optional(v.literal(true, 'only “true”')),
  }),
  v.check((tolerance) => Object.keys(tolerance).length === 1, 'exactly one of relative, absolute and exact'),
);

const regex = v.optional(
  about(line, 'RE2 syntax, without case; write ^ and $ around it. No lookaround, no backreference'),
);
const accept = v.optional(
  v.pipe(
    v.array(line),
    v.maxLength(60, 'at most 60 spellings'),
    v.description('Accepted spellings; case, spaces and hyphens do not count'),
  ),
);
const accepted = v.pipe(
  v.strictObject({ accept, regex }),
  v.check(
    (written) => written.regex !== undefined || (written.accept ?? []).length > 0,
    'write what is accepted: `accept` or `regex`',
  ),
);

const ChoiceSchema = v.strictObject({ id, kind: v.literal('choice'), ...common, options: options(3) });
const MultiSchema = v.strictObject({ id, kind: v.literal('multi'), ...common, options: options(3) });
const NumberSchema = v.strictObject({
  id,
  kind: v.literal('number'),
  ...common,
  given: v.optional(about(v.record(parameterName, ParameterSchema), 'Parameters, drawn anew each time')),
  let: v.optional(about(v.record(parameterName, expressionOrNumber), 'Values computed from them, in order')),
  where: v.optional(about(expression, 'A draw for which this is false is made again')),
  answer: about(expressionOrNumber, 'A number, or an expression over the parameters'),
  tolerance: v.optional(ToleranceSchema),
  exact: v.optional(about(v.literal(true, 'only “true”'), 'Short for tolerance: { exact: true }')),
  unit: v.optional(about(line, 'The unit that the prompt asks for')),
});
const TextSchema = v.strictObject({
  id,
  kind: v.literal('text'),
  ...common,
  answer: accepted,
});
const ClozeSchema = v.strictObject({
  id,
  kind: v.literal('cloze'),
  ...common,
  blanks: v.pipe(
    v.array(accepted),
    v.minLength(1, 'at least one blank'),
    v.maxLength(3, 'at most three blanks'),
    v.description('What goes in [[1]], [[2]] ... of the prompt'),
  ),
});
const OrderSchema = v.strictObject({
  id,
  kind: v.literal('order'),
  ...common,
  items: v.pipe(
    v.array(line),
    v.minLength(3, 'at least three items'),
    v.maxLength(6, 'at most six items'),
    v.description('In the right order'),
  ),
});
const MatchSchema = v.strictObject({
  id,
  kind: v.literal('match'),
  ...common,
  pairs: v.pipe(
    v.array(v.strictObject({ left: line, right: line })),
    v.minLength(3, 'at least three pairs'),
    v.maxLength(5, 'at most five pairs'),
  ),
  extra: v.optional(v.pipe(v.array(line), v.maxLength(3, 'at most three'), v.description('Right-hand distractors'))),
});
const ExplainSchema = v.strictObject({
  id,
  kind: v.literal('explain'),
  ...common,
  rubric: about(v.array(v.strictObject({ id, point: line })), 'Three to six statements that can be checked'),
  model: about(text, 'A good answer in three to six sentences'),
});

export const QuestionSchema = v.variant('kind', [
  ChoiceSchema,
  MultiSchema,
  NumberSchema,
  TextSchema,
  ClozeSchema,
  OrderSchema,
  MatchSchema,
  ExplainSchema,
]);

export const QuestionsSchema = v.array(QuestionSchema);
