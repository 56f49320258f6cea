import type { Path, Problem, Severity } from '../finding.js';
import type { Curriculum, Lab, Mutant, Question, Task } from '../model.js';

/** A curriculum before it is compiled: what the authors wrote, and nothing computed from it. */
export interface CurriculumContent extends Omit<Curriculum, 'revisions' | 'revision'> {
  /** The questions, file by file; undefined when they were not read. */
  readonly questions?: readonly (readonly Question[])[] | undefined;
  /** The folders of the labs, in the order of `labs`; undefined when only their lab.yaml was read. */
  readonly packages?: readonly LabPackage[] | undefined;
}

/** What stands in the folder of a lab beside its lab.yaml. */
export interface LabPackage {
  /** Name of the folder. */
  readonly folder: string;
  /** Names of the plain files in it; folders end in a slash. */
  readonly names: readonly string[];
  readonly mutants: readonly Mutant[];
  /** Undefined when it is not there. */
  readonly starter: string | undefined;
  readonly solution: string | undefined;
  readonly grader: string | undefined;
}

/** The kinds of item that share one space of ids. */
export type EntryKind =
  | 'track'
  | 'phase'
  | 'module'
  | 'task'
  | 'checkpoint'
  | 'concept'
  | 'resource'
  | 'program'
  | 'brief'
  | 'lab'
  | 'question';

export interface Entry {
  readonly kind: EntryKind;
  readonly id: string;
  readonly path: Path;
  readonly aliases: readonly string[];
  /** It, or what holds it, is kept only for those who did it. */
  readonly isRetired: boolean;
}

export interface TaskEntry extends Entry {
  readonly kind: 'task';
  readonly task: Task;
  /** Place of its phase in the curriculum. */
  readonly phase: number;
  /** Place among all tasks. */
  readonly order: number;
}

export interface QuestionEntry extends Entry {
  readonly kind: 'question';
  readonly question: Question;
}

export interface LabEntry extends Entry {
  readonly kind: 'lab';
  readonly lab: Lab;
  /** Undefined when only lab.yaml was read. */
  readonly package: LabPackage | undefined;
}

/** An id that stands in an item and names another one. */
export interface Reference {
  /** The key that holds it. */
  readonly role: string;
  readonly from: Entry;
  readonly id: string;
  readonly path: Path;
  /** Kinds of item that may be named here. */
  readonly kinds: readonly EntryKind[];
  /** False when the item that holds it is retired. */
  readonly isLive: boolean;
}

/** A curriculum with the lists that most rules ask for. */
export interface Survey {
  readonly curriculum: CurriculumContent;
  readonly entries: readonly Entry[];
  /** The first entry with each id. */
  readonly byId: ReadonlyMap<string, Entry>;
  /** What each former id leads to. */
  readonly byAlias: ReadonlyMap<string, Entry>;
  readonly tasks: readonly TaskEntry[];
  readonly taskById: ReadonlyMap<string, TaskEntry>;
  readonly questions: readonly QuestionEntry[];
  readonly labs: readonly LabEntry[];
  readonly references: readonly Reference[];
  /** `file:line` of a path, for messages that point to a second place. */
  readonly placeOf: (path: Path) => string;
}

/** One thing that makes a curriculum wrong or doubtful. */
export interface Rule {
  /** Permanent; authors and scripts know it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in a few words. */
  readonly summary: string;
  check(survey: Survey): Iterable<Problem>;
}
