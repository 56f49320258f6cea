/**
 * The curriculum as the program knows it: parsed, validated, in order. Types come from the schema, so there is one
 * definition; at run time this module is only the index over the items.
 */
import type * as v from 'valibot';
import type { LabSchema, MutantSchema, PredictionSchema } from './lab-schema.js';
import type { ParameterSchema, QuestionSchema } from './question-schema.js';
import type {
  BriefSchema,
  CheckpointSchema,
  ConceptSchema,
  CriterionSchema,
  CurriculumSchema,
  FocusSchema,
  ModuleSchema,
  PhaseSchema,
  ProgramSchema,
  ResourceSchema,
  StepSchema,
  TaskSchema,
  TrackSchema,
  WindowSchema,
} from './schema.js';

export type Step = v.InferOutput<typeof StepSchema>;
export type Task = v.InferOutput<typeof TaskSchema>;
export type TaskKind = Task['kind'];
export type Module = v.InferOutput<typeof ModuleSchema>;
export type Criterion = v.InferOutput<typeof CriterionSchema>;
export type Checkpoint = v.InferOutput<typeof CheckpointSchema>;
export type Phase = v.InferOutput<typeof PhaseSchema>;
export type Concept = v.InferOutput<typeof ConceptSchema>;
export type Resource = v.InferOutput<typeof ResourceSchema>;
export type Program = v.InferOutput<typeof ProgramSchema>;
export type ApplicationWindow = v.InferOutput<typeof WindowSchema>;
export type Brief = v.InferOutput<typeof BriefSchema>;
export type Track = v.InferOutput<typeof TrackSchema>;
export type Focus = v.InferOutput<typeof FocusSchema>;
/** A hands-on lab: what its lab.yaml says. The package around it is a folder, `labs/<id>/`. */
export type Lab = v.InferOutput<typeof LabSchema>;
/** What a lab asks before the work and scores after the pass. */
export type Prediction = v.InferOutput<typeof PredictionSchema>;
/** A known wrong solution, as edits of the right one. */
export type Mutant = v.InferOutput<typeof MutantSchema>;
export type { QuestionKind } from './question-kinds.js';
export type Question = v.InferOutput<typeof QuestionSchema>;
export type ChoiceQuestion = Extract<Question, { kind: 'choice' }>;
export type MultiQuestion = Extract<Question, { kind: 'multi' }>;
export type NumberQuestion = Extract<Question, { kind: 'number' }>;
export type OrderQuestion = Extract<Question, { kind: 'order' }>;
export type MatchQuestion = Extract<Question, { kind: 'match' }>;
export type ExplainQuestion = Extract<Question, { kind: 'explain' }>;
/** Where the value of a parameter is drawn from. */
export type Parameter = v.InferOutput<typeof ParameterSchema>;

/** A whole curriculum. `phases` hold the phase files in the order that curriculum.yaml names them. */
export interface Curriculum extends Omit<v.InferOutput<typeof CurriculumSchema>, 'phases'> {
  readonly phases: readonly Phase[];
  readonly concepts: readonly Concept[];
  readonly resources: readonly Resource[];
  readonly programs: readonly Program[];
  readonly briefs: readonly Brief[];
  /** In the order of their folders' names; retired ones included. */
  readonly labs: readonly Lab[];
  /** Content hash of each item by id (tasks, modules, phases, checkpoints, `checkpoint/criterion` ...): 12 hex digits. */
  readonly revisions: Readonly<Record<string, string>>;
  /** Content hash of the whole. */
  readonly revision: string;
}

/** What choosing a question needs to know of it. */
export type QuestionOutline = Pick<
  Question,
  'id' | 'aliases' | 'kind' | 'concepts' | 'source' | 'difficulty' | 'retired'
>;

/** The questions of a curriculum. They are kept apart from it, so that what does not ask does not load them. */
export interface QuestionBank {
  /** In the order of the files; retired ones included. */
  readonly outlines: readonly QuestionOutline[];
  /** Content hash of each question by id: 12 hex digits. */
  readonly revisions: Readonly<Record<string, string>>;
  /** Content hash of the whole. */
  readonly revision: string;
  /** All of them whole, in the same order: for what shows or compares them all. */
  readonly questions: readonly Question[];
  /** One question, by its id or one that it had before. */
  find(id: string): Question | undefined;
}

/** Anything with an id of its own, with its place. */
export type Item =
  | { readonly kind: 'phase'; readonly id: string; readonly phase: Phase }
  | { readonly kind: 'module'; readonly id: string; readonly module: Module; readonly phase: Phase }
  | { readonly kind: 'task'; readonly id: string; readonly task: Task; readonly module: Module; readonly phase: Phase }
  | {
      readonly kind: 'step';
      readonly id: string;
      readonly step: Step;
      readonly task: Task;
      readonly module: Module;
      readonly phase: Phase;
    }
  | { readonly kind: 'checkpoint'; readonly id: string; readonly checkpoint: Checkpoint; readonly phase: Phase }
  | {
      readonly kind: 'criterion';
      readonly id: string;
      readonly criterion: Criterion;
      readonly checkpoint: Checkpoint;
      readonly phase: Phase;
    }
  | { readonly kind: 'concept'; readonly id: string; readonly concept: Concept }
  | { readonly kind: 'resource'; readonly id: string; readonly resource: Resource }
  | { readonly kind: 'program'; readonly id: string; readonly program: Program }
  | { readonly kind: 'brief'; readonly id: string; readonly brief: Brief }
  | { readonly kind: 'lab'; readonly id: string; readonly lab: Lab }
  | { readonly kind: 'track'; readonly id: string; readonly track: Track };

export type ItemKind = Item['kind'];
export type TaskItem = Extract<Item, { kind: 'task' }>;

/**
 * Every item by id. Steps are `task/step`, criteria `checkpoint/criterion`. An alias leads to the item that was
 * renamed; an id always wins over an alias.
 */
export function indexItems(curriculum: Curriculum): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>();
  const aliases: [string, Item][] = [];
  const add: AddItem = (item, formerIds) => {
    items.set(item.id, item);
    for (const alias of formerIds ?? []) aliases.push([alias, item]);
  };
  for (const track of curriculum.tracks ?? []) add({ kind: 'track', id: track.id, track });
  for (const phase of curriculum.phases) addPhase(phase, add);
  for (const concept of curriculum.concepts) add({ kind: 'concept', id: concept.id, concept }, concept.aliases);
  for (const resource of curriculum.resources) add({ kind: 'resource', id: resource.id, resource }, resource.aliases);
  for (const program of curriculum.programs) add({ kind: 'program', id: program.id, program }, program.aliases);
  for (const brief of curriculum.briefs) add({ kind: 'brief', id: brief.id, brief }, brief.aliases);
  for (const lab of curriculum.labs) add({ kind: 'lab', id: lab.id, lab }, lab.aliases);
  for (const [alias, item] of aliases) if (!items.has(alias)) items.set(alias, item);
  return items;
}

type AddItem = (item: Item, formerIds?: readonly string[]) => void;

function addPhase(phase: Phase, add: AddItem): void {
  add({ kind: 'phase', id: phase.id, phase }, phase.aliases);
  for (const module of phase.modules) {
    add({ kind: 'module', id: module.id, module, phase }, module.aliases);
    for (const task of module.tasks) {
      add({ kind: 'task', id: task.id, task, module, phase }, task.aliases);
      for (const step of task.steps ?? []) {
        const formerIds = (task.aliases ?? []).map((alias) => `${alias}/${step.id}`);
        add({ kind: 'step', id: `${task.id}/${step.id}`, step, task, module, phase }, formerIds);
      }
    }
  }
  const { checkpoint } = phase;
  if (!checkpoint) return;
  add({ kind: 'checkpoint', id: checkpoint.id, checkpoint, phase }, checkpoint.aliases);
  for (const criterion of checkpoint.criteria) {
    const names = idsOf(checkpoint).flatMap((left) => idsOf(criterion).map((right) => `${left}/${right}`));
    add({ kind: 'criterion', id: `${checkpoint.id}/${criterion.id}`, criterion, checkpoint, phase }, names.slice(1));
  }
}

/** The id of an item and those it had before, the present one first. */
export function idsOf(item: {
  readonly id: string;
  readonly aliases?: readonly string[] | undefined;
}): readonly string[] {
  return [item.id, ...(item.aliases ?? [])];
}

/** The resources with these ids, present or former, by the id that was asked for. */
export function findResources(
  { resources }: Pick<Curriculum, 'resources'>,
  ids: readonly string[],
): ReadonlyMap<string, Resource> {
  const wanted = new Set(ids);
  const found = new Map<string, Resource>();
  if (wanted.size === 0) return found;
  for (const resource of resources) {
    for (const alias of resource.aliases ?? []) if (wanted.has(alias) && !found.has(alias)) found.set(alias, resource);
  }
  for (const resource of resources) if (wanted.has(resource.id)) found.set(resource.id, resource);
  return found;
}

/** All tasks in curriculum order, retired ones included. */
export function* tasksOf(curriculum: Curriculum): Generator<TaskItem> {
  for (const phase of curriculum.phases) {
    for (const module of phase.modules) {
      for (const task of module.tasks) yield { kind: 'task', id: task.id, task, module, phase };
    }
  }
}

/** Is the task meant for someone on this track? Tasks without `tracks` are for all; no track chosen sees everything. */
export function servesTrack(tracks: readonly string[] | undefined, track: string | undefined): boolean {
  return track === undefined || tracks === undefined || tracks.length === 0 || tracks.includes(track);
}

/** The name a person reads for any item. */
export function titleOf(item: Item): string {
  switch (item.kind) {
    case 'phase':
      return item.phase.title;
    case 'module':
      return item.module.title;
    case 'task':
      return item.task.title;
    case 'step':
      return item.step.text;
    case 'checkpoint':
      return item.checkpoint.title;
    case 'criterion':
      return item.criterion.question;
    case 'concept':
      return item.concept.name;
    case 'resource':
      return item.resource.title;
    case 'program':
      return item.program.title;
    case 'brief':
      return item.brief.title;
    case 'lab':
      return item.lab.title;
    case 'track':
      return item.track.title;
  }
}
