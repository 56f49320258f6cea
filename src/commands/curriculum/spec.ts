import { command, topicOf } from '../../cli/command.js';
import { argument, flag, option, optionalArgument } from '../../cli/parameters.js';
import type { AddData, AddInput, RemoveInput } from './add.js';
import type { LintData, LintInput } from './lint.js';
import type { ListData } from './list.js';
import type { NewData, NewInput } from './new.js';
import type { QuestionsData, QuestionsInput } from './questions.js';
import type { SchemaData, SchemaInput } from './schema.js';
import type { UpdateData, UpdateInput } from './update.js';

const lint = command<LintInput, LintData>({
  name: 'lint',
  summary: 'check a curriculum like code',
  description:
    'Prints every finding as file:line:column, severity, rule, message. Exit code 1 when there is an error; warnings alone pass unless --strict.',
  schema: 'aisafe.curriculum.lint/1',
  parameters: {
    folder: optionalArgument('dir', 'the curriculum’s folder (default: the one in use)'),
    strict: flag('--strict', 'fail on warnings too'),
    labs: flag('--labs', 'verify the labs as well: runs their code (aisafe lab verify)'),
    trust: flag('--trust', 'with --labs: let the code of labs run that do not come with aisafe'),
  },
  examples: [{ command: 'aisafe curriculum lint ./my-course', does: 'check a curriculum of your own' }],
  load: () => import('./lint.js').then((module) => module.lint),
  view: () => import('./lint.view.js').then((module) => module.viewLint),
});

const create = command<NewInput, NewData>({
  name: 'new',
  summary: 'write a small example to begin a curriculum from',
  schema: 'aisafe.curriculum.new/1',
  parameters: { folder: argument('dir', 'a folder that does not exist yet, or is empty') },
  load: () => import('./new.js').then((module) => module.createCurriculum),
  view: () => import('./new.view.js').then((module) => module.viewNew),
});

const list = command<Record<never, never>, ListData>({
  name: 'list',
  summary: 'the curricula that you can use',
  schema: 'aisafe.curriculum.list/1',
  parameters: {},
  load: () => import('./list.js').then((module) => module.listCurricula),
  view: () => import('./list.view.js').then((module) => module.viewCurricula),
});

const add = command<AddInput, AddData>({
  name: 'add',
  summary: 'use a curriculum of your own or of somebody else',
  description: 'The folder stays where it is. The curriculum is checked first; one with errors is not added.',
  schema: 'aisafe.curriculum.add/1',
  parameters: { folder: argument('dir', 'its folder'), use: flag('--use', 'make it the current one') },
  load: () => import('./add.js').then((module) => module.addCurriculum),
  view: () => import('./add.view.js').then((module) => module.viewAdd),
});

const remove = command<RemoveInput, AddData>({
  name: 'remove',
  summary: 'stop using an added curriculum; your progress in it is kept',
  schema: 'aisafe.curriculum.remove/1',
  parameters: { id: argument('id', 'its id') },
  load: () => import('./add.js').then((module) => module.removeCurriculum),
  view: () => import('./add.view.js').then((module) => module.viewAdd),
});

const update = command<UpdateInput, UpdateData>({
  name: 'update',
  summary: 'what a changed curriculum does to your progress',
  description:
    'Without a folder: compares the curriculum in use with the version you last accepted, and accepts it. With a folder: compares the curriculum in use with the version there, and switches to it (for an added curriculum).',
  schema: 'aisafe.curriculum.update/1',
  parameters: {
    folder: optionalArgument('dir', 'a newer version of the curriculum in use'),
    dryRun: flag('--dry-run', 'only show; change nothing'),
  },
  load: () => import('./update.js').then((module) => module.updateCurriculum),
  view: () => import('./update.view.js').then((module) => module.viewUpdate),
});

const schema = command<SchemaInput, SchemaData>({
  name: 'schema',
  summary: 'the JSON Schema of a kind of file, for your editor',
  schema: 'aisafe.curriculum.schema/1',
  parameters: {
    kind: optionalArgument(
      'kind',
      'curriculum, phase, concepts, resources, programs, briefs, questions, lab or mutants (default: list them)',
    ),
  },
  load: () => import('./schema.js').then((module) => module.printSchema),
  view: () => import('./schema.view.js').then((module) => module.viewSchema),
});

const questions = command<QuestionsInput, QuestionsData>({
  name: 'questions',
  summary: 'what the questions cover, and what gives their answers away',
  description:
    'Counts questions per concept, kind and difficulty; shows how often the longest option is right, and questions that are nearly the same.',
  schema: 'aisafe.curriculum.questions/1',
  parameters: { concept: option('--concept <id>', 'only the questions that ask for this concept') },
  examples: [{ command: 'aisafe curriculum questions --concept softmax', does: 'the questions on one concept' }],
  load: () => import('./questions.js').then((module) => module.reportQuestions),
  view: () => import('./questions.view.js').then((module) => module.viewQuestions),
});

export const curriculum = topicOf('For authors', 'curriculum', 'check, write, add and change curricula', [
  lint,
  create,
  list,
  add,
  remove,
  update,
  schema,
  questions,
]);
