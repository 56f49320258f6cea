/**
 * The curriculum format, version 1: the one source of truth for validation, the JSON Schemas and the types.
 * Only `content/` runs these schemas; everything else uses the types of `model.ts`, so that start-up never loads the
 * validator. Authors' guide: curriculum/README.md.
 */
import * as v from 'valibot';
import type { FileKind } from './file-kinds.js';
import { LabSchema, MutantsSchema } from './lab-schema.js';
import { programTypes } from './program-types.js';
import { QuestionsSchema } from './question-schema.js';
import { resourceTypes } from './resource-types.js';
import {
  about,
  checked,
  dayOrMonth,
  id,
  ids,
  lasting,
  line,
  minutes,
  resources,
  scale,
  share,
  text,
  tracks,
  url,
} from './schema-fields.js';
import { taskKinds } from './task-kinds.js';

const evidenceKinds = ['commit', 'url', 'file', 'note', 'lab'] as const;
const evidenceKind = v.picklist(evidenceKinds);

export const StepSchema = v.strictObject({ id, text: line });

export const TaskSchema = v.strictObject({
  id,
  title: line,
  kind: v.picklist(taskKinds),
  minutes,
  minutes_from_scratch: v.optional(
    about(minutes, 'The same for someone to whom the subject is entirely new: [low, high]'),
  ),
  importance: about(scale, 'From 1 to 5; 5: nobody should leave it out'),
  difficulty: about(scale, 'From 1 to 5'),
  tracks: v.optional(tracks),
  optional: v.optional(v.boolean()),
  requires: v.optional(about(ids, 'Tasks that come first')),
  concepts: v.optional(about(ids, 'Concepts that it teaches or exercises')),
  why: about(text, 'One or two sentences: what this buys the learner'),
  steps: v.optional(about(v.array(StepSchema), 'The checklist: each step one action that can be checked')),
  resources: v.optional(resources),
  briefs: v.optional(about(ids, 'Short texts of briefs.yaml to read first')),
  lab: v.optional(about(id, 'The hands-on lab that goes with it')),
  lab_proves: v.optional(about(v.picklist(['full', 'part']), 'Is a pass of the lab all of the task? Left out: part')),
  evidence: v.optional(
    about(
      v.strictObject({ expected: v.pipe(v.array(evidenceKind), v.nonEmpty('name at least one kind')), prompt: line }),
      'What the learner can show for it',
    ),
  ),
  ...lasting,
});

export const ModuleSchema = v.strictObject({
  id,
  title: line,
  summary: v.optional(text),
  tasks: v.pipe(v.array(TaskSchema), v.nonEmpty('a module has at least one task')),
  ...lasting,
});

export const CriterionSchema = v.strictObject({
  id,
  question: line,
  levels: v.pipe(
    v.array(line),
    v.length(4, 'exactly four anchored levels'),
    v.description('Four levels from not yet to mastery, anchored in what can be observed'),
  ),
  pass: v.pipe(
    v.number(),
    v.integer('a whole number'),
    v.minValue(1, 'from 1 to 3'),
    v.maxValue(3, 'from 1 to 3'),
    v.description('The lowest level that passes, counted from 0'),
  ),
  evidence: v.optional(
    about(
      v.array(v.union([evidenceKind, v.pipe(v.string(), v.regex(/^lab:[a-z0-9-]+$/, 'a kind, or lab:<id>'))])),
      'Kinds of evidence that count',
    ),
  ),
  covers: about(
    v.strictObject({ tasks: v.optional(ids), labs: v.optional(ids), concepts: v.optional(ids) }),
    'What to go back to when it fails',
  ),
  ...lasting,
});

export const CheckpointSchema = v.strictObject({
  id,
  title: line,
  summary: v.optional(text),
  criteria: v.pipe(v.array(CriterionSchema), v.nonEmpty('a checkpoint has at least one criterion')),
  quiz: v.optional(
    v.strictObject({
      count: v.pipe(
        v.number(),
        v.integer('a whole number'),
        v.minValue(1, 'at least 1'),
        v.maxValue(200, 'at most 200'),
      ),
      pass: about(share, 'Share of right answers that passes, from 0 to 1'),
    }),
  ),
  ...lasting,
});

export const PhaseSchema = v.strictObject({
  id,
  title: line,
  summary: v.optional(text),
  overlap: v.optional(about(share, 'Share of the phase before from which on this phase competes on equal terms')),
  modules: v.pipe(v.array(ModuleSchema), v.nonEmpty('a phase has at least one module')),
  checkpoint: v.optional(CheckpointSchema),
  ...lasting,
});

export const ConceptSchema = v.strictObject({
  id,
  name: line,
  meaning: about(text, 'What it means, in one sentence'),
  requires: v.optional(about(ids, 'Concepts that come first')),
  aka: v.optional(about(v.array(line), 'Other names, for search')),
  ...lasting,
});

const resourceStatuses = ['current', 'stable', 'partly-superseded', 'superseded'] as const;

export const ResourceSchema = v.strictObject({
  id,
  title: line,
  by: line,
  year: v.optional(v.pipe(v.number(), v.integer('a year'), v.minValue(1000, 'a year'), v.maxValue(2200, 'a year'))),
  type: v.picklist(resourceTypes),
  url,
  cost: v.picklist(['free', 'paid', 'mixed']),
  minutes: v.optional(minutes),
  phases: v.optional(about(ids, 'Phases in which a search offers it')),
  tracks: v.optional(tracks),
  checked,
  status: v.optional(v.picklist(resourceStatuses)),
  superseded_by: v.optional(id),
  note: v.optional(text),
  ...lasting,
});

export const WindowSchema = v.strictObject({
  name: line,
  opens: v.optional(dayOrMonth),
  closes: v.optional(dayOrMonth),
  starts: v.optional(dayOrMonth),
  ends: v.optional(dayOrMonth),
  status: v.picklist(['confirmed', 'reported', 'expected']),
  as_of: dayOrMonth,
  source: line,
  note: v.optional(line),
});

export const ProgramSchema = v.strictObject({
  id,
  title: line,
  by: line,
  type: v.picklist(programTypes),
  url,
  resource: v.optional(id),
  where: v.optional(line),
  commitment: v.optional(line),
  pay: v.optional(line),
  tracks: v.optional(tracks),
  cadence: v.optional(line),
  rolling: v.optional(v.boolean()),
  asks: v.optional(text),
  prepares: v.optional(text),
  checkpoints: v.optional(ids),
  checked,
  windows: v.array(WindowSchema),
  ...lasting,
});

export const BriefSchema = v.strictObject({
  id,
  title: line,
  text,
  facts: v.optional(
    v.array(v.strictObject({ text, as_of: dayOrMonth, source: v.pipe(ids, v.nonEmpty('name a source')) })),
  ),
  see: v.optional(ids),
  ...lasting,
});

export const TrackSchema = v.strictObject({
  id,
  title: line,
  summary: text,
  choose_if: v.optional(text),
  questions: v.optional(v.array(line)),
});

const points = v.pipe(v.number(), v.minValue(0, 'from 0 to 3'), v.maxValue(3, 'from 0 to 3'));

export const FocusSchema = v.strictObject({
  intro: v.optional(text),
  questions: v.pipe(
    v.array(
      v.strictObject({
        id,
        prompt: line,
        options: v.pipe(
          v.array(
            v.strictObject({
              id,
              text: line,
              scores: v.record(v.string(), points),
              because: v.optional(line),
            }),
          ),
          v.minLength(2, 'at least two options'),
          v.maxLength(12, 'at most 12 options'),
        ),
      }),
    ),
    v.nonEmpty('at least one question'),
    v.maxLength(50, 'at most 50 questions'),
  ),
});

export const CurriculumSchema = v.strictObject({
  format: v.literal(1, 'this program reads format 1'),
  id,
  title: line,
  version: line,
  licence: v.optional(line),
  summary: v.optional(text),
  tracks: v.optional(v.pipe(v.array(TrackSchema), v.maxLength(20, 'at most 20 tracks'))),
  phases: v.pipe(
    ids,
    v.nonEmpty('name at least one phase'),
    v.maxLength(50, 'at most 50 phases'),
    v.description('Ids of phases/<id>.yaml, in order'),
  ),
  focus: v.optional(FocusSchema),
});

const ConceptsSchema = v.array(ConceptSchema);
const ResourcesSchema = v.array(ResourceSchema);
const ProgramsSchema = v.array(ProgramSchema);
const BriefsSchema = v.array(BriefSchema);

/** The schema of each kind of file. */
export const fileSchemas = {
  curriculum: CurriculumSchema,
  phase: PhaseSchema,
  concepts: ConceptsSchema,
  resources: ResourcesSchema,
  programs: ProgramsSchema,
  briefs: BriefsSchema,
  questions: QuestionsSchema,
  lab: LabSchema,
  mutants: MutantsSchema,
} as const satisfies Record<FileKind, v.GenericSchema>;
