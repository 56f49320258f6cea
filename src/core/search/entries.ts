/** What a search looks through: the curriculum's items and the learner's notes, each as weighted fields. */
import type { Curriculum } from '../curriculum/model.js';
import type { NoteState } from '../progress/state.js';
import { type EntrySort, indexEntries, type Searchable, type SearchIndex } from './search-index.js';
import type { SearchKind } from './search-kinds.js';

export interface FindableSort extends EntrySort {
  readonly kind: SearchKind;
  /** Replaced by something newer. */
  readonly superseded?: boolean | undefined;
}

export interface FindableEntry extends Searchable<FindableSort> {
  /** Id of the item that a note is about. */
  readonly about?: string | undefined;
}

/** What a search in one curriculum needs; kept apart from it, so that searching reads nothing else. */
export interface CurriculumTexts {
  readonly curriculum: string;
  readonly index: SearchIndex<FindableEntry>;
}

export type Note = NoteState & { readonly about: string };

interface Field {
  readonly name: string;
  readonly text: string;
  /** How much a match here counts. */
  readonly weight: number;
}

export function curriculumTexts(curriculum: Curriculum): CurriculumTexts {
  return { curriculum: curriculum.id, index: indexEntries(searchEntries(curriculum)) };
}

/** All of a curriculum that can be found, retired items left out. */
export function searchEntries(curriculum: Curriculum): FindableEntry[] {
  const modules = curriculum.phases.filter(isCurrent).flatMap((phase) => phase.modules.filter(isCurrent));
  const checkpoints = curriculum.phases
    .filter(isCurrent)
    .flatMap(({ checkpoint }) => (checkpoint && isCurrent(checkpoint) ? [checkpoint] : []));
  return [
    ...modules
      .flatMap((module) => module.tasks.filter(isCurrent))
      .map((task) =>
        entry('task', task.id, task.title, [
          field('why', task.why, 3),
          ...(task.steps ?? []).map((step) => field('step', step.text, 2)),
          field('concepts', task.concepts?.join(' '), 2),
        ]),
      ),
    ...curriculum.labs
      .filter(isCurrent)
      .map((lab) =>
        entry('lab', lab.id, lab.title, [
          field('summary', lab.summary, 3),
          field('functions', lab.functions.join(' '), 3),
          field('concepts', lab.concepts.join(' '), 2),
        ]),
      ),
    ...modules.map((module) => entry('module', module.id, module.title, [field('summary', module.summary, 3)])),
    ...curriculum.concepts
      .filter(isCurrent)
      .map((concept) =>
        entry('concept', concept.id, concept.name, [
          ...(concept.aka ?? []).map((name) => field('name', name, 8)),
          field('meaning', concept.meaning, 3),
        ]),
      ),
    ...curriculum.resources.filter(isCurrent).map((resource) => {
      const found = entry('resource', resource.id, resource.title, [
        field('by', resource.by, 5),
        field('note', resource.note, 3),
        field('type', `${resource.type} ${resource.year ?? ''}`, 2),
      ]);
      if (resource.status !== 'superseded') return found;
      return { ...found, sort: { ...found.sort, superseded: true, standing: 0.5 } };
    }),
    ...curriculum.programs
      .filter(isCurrent)
      .map((program) =>
        entry('program', program.id, program.title, [
          field('by', program.by, 5),
          field('where', program.where, 3),
          field('asks', program.asks, 2),
          field('prepares', program.prepares, 2),
          field('type', program.type, 2),
        ]),
      ),
    ...curriculum.briefs
      .filter(isCurrent)
      .map((brief) =>
        entry('brief', brief.id, brief.title, [
          field('text', brief.text, 2),
          ...(brief.facts ?? []).map((fact) => field('fact', fact.text, 2)),
        ]),
      ),
    ...checkpoints.flatMap((checkpoint) =>
      checkpoint.criteria
        .filter(isCurrent)
        .map((criterion) =>
          entry('criterion', `${checkpoint.id}/${criterion.id}`, criterion.question, [
            ...criterion.levels.map((level) => field('level', level, 2)),
          ]),
        ),
    ),
  ];
}

/** @param notes each with the plain id of its item. */
export function noteEntries(notes: readonly Note[]): FindableEntry[] {
  const sort = { kind: 'note', fields: [{ name: 'note', weight: 6 }] } as const;
  return notes.map(({ id, text, about }) => ({ id, title: firstLine(text), sort, about, texts: () => [text] }));
}

function entry(kind: SearchKind, id: string, title: string, rest: readonly (Field | undefined)[]): FindableEntry {
  const all = [{ name: 'title', text: title, weight: 10 }, { name: 'id', text: id, weight: 6 }, ...rest];
  const fields = all.filter((each) => each !== undefined);
  const sort = { kind, fields: fields.map(({ name, weight }) => ({ name, weight })) };
  return { id, title, sort, texts: () => fields.map(({ text }) => text) };
}

function field(name: string, text: string | undefined, weight: number): Field | undefined {
  return text === undefined ? undefined : { name, text, weight };
}

function isCurrent(item: { readonly retired?: boolean | undefined }): boolean {
  return item.retired !== true;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
