import type { Path } from '../finding.js';
import type { CurriculumContent, Entry, EntryKind, Reference } from './rule.js';

const everyKind: readonly EntryKind[] = [
  'track',
  'phase',
  'module',
  'task',
  'checkpoint',
  'concept',
  'resource',
  'program',
  'brief',
  'lab',
];

type Add = (
  from: Entry,
  keys: Path,
  ids: readonly string[] | string | undefined,
  kinds: readonly EntryKind[],
  isLive?: boolean,
) => void;

/** Every place where an item names others. */
export function listReferences(curriculum: CurriculumContent, entries: readonly Entry[]): readonly Reference[] {
  const references: Reference[] = [];
  const add: Add = (from, keys, ids, kinds, isLive = true) => {
    const role = String(keys.at(-1));
    const path = [...from.path, ...keys];
    const common = { role, from, kinds, isLive: isLive && !from.isRetired };
    if (typeof ids === 'string') references.push({ ...common, id: ids, path });
    else for (const [index, id] of (ids ?? []).entries()) references.push({ ...common, id, path: [...path, index] });
  };
  const pathKey = (path: Path) => path.join('/');
  const byPath = new Map(entries.map((entry) => [pathKey(entry.path), entry]));
  const at = (path: Path, body: (entry: Entry) => void) => {
    const entry = byPath.get(pathKey(path));
    if (entry) body(entry);
  };
  for (const [index, phase] of curriculum.phases.entries()) {
    for (const [place, module] of phase.modules.entries()) {
      for (const [number, task] of module.tasks.entries()) {
        at(['phases', index, 'modules', place, 'tasks', number], (entry) => {
          add(entry, ['tracks'], task.tracks, ['track']);
          add(entry, ['requires'], task.requires, ['task']);
          add(entry, ['concepts'], task.concepts, ['concept']);
          add(entry, ['resources'], task.resources, ['resource']);
          add(entry, ['briefs'], task.briefs, ['brief']);
          add(entry, ['lab'], task.lab, ['lab']);
        });
      }
    }
    for (const [number, { covers, evidence, retired }] of (phase.checkpoint?.criteria ?? []).entries()) {
      at(['phases', index, 'checkpoint'], (entry) => {
        add(entry, ['criteria', number, 'covers', 'tasks'], covers.tasks, ['task'], !retired);
        add(entry, ['criteria', number, 'covers', 'concepts'], covers.concepts, ['concept'], !retired);
        add(entry, ['criteria', number, 'covers', 'labs'], covers.labs, ['lab'], !retired);
        for (const [place, kind] of (evidence ?? []).entries()) {
          const lab = /^lab:(.+)$/.exec(kind)?.[1];
          add(entry, ['criteria', number, 'evidence', place], lab, ['lab'], !retired);
        }
      });
    }
  }
  addListReferences(curriculum, at, add);
  addLabReferences(curriculum, at, add);
  addQuestionReferences(curriculum, at, add);
  return references;
}

function addListReferences(
  curriculum: CurriculumContent,
  at: (path: Path, body: (entry: Entry) => void) => void,
  add: Add,
): void {
  for (const [index, concept] of curriculum.concepts.entries()) {
    at(['concepts', index], (entry) => add(entry, ['requires'], concept.requires, ['concept']));
  }
  for (const [index, resource] of curriculum.resources.entries()) {
    at(['resources', index], (entry) => {
      add(entry, ['phases'], resource.phases, ['phase']);
      add(entry, ['tracks'], resource.tracks, ['track']);
      add(entry, ['superseded_by'], resource.superseded_by, ['resource']);
    });
  }
  for (const [index, program] of curriculum.programs.entries()) {
    at(['programs', index], (entry) => {
      add(entry, ['resource'], program.resource, ['resource']);
      add(entry, ['tracks'], program.tracks, ['track']);
      add(entry, ['checkpoints'], program.checkpoints, ['checkpoint']);
    });
  }
  for (const [index, brief] of curriculum.briefs.entries()) {
    at(['briefs', index], (entry) => {
      for (const [number, fact] of (brief.facts ?? []).entries()) {
        add(entry, ['facts', number, 'source'], fact.source, ['resource']);
      }
      add(entry, ['see'], brief.see, everyKind);
    });
  }
}

function addLabReferences(
  curriculum: CurriculumContent,
  at: (path: Path, body: (entry: Entry) => void) => void,
  add: Add,
): void {
  for (const [index, lab] of curriculum.labs.entries()) {
    at(['labs', index], (entry) => {
      add(entry, ['phase'], lab.phase, ['phase']);
      add(entry, ['tracks'], lab.tracks, ['track']);
      add(entry, ['concepts'], lab.concepts, ['concept']);
      add(entry, ['needs_labs'], lab.needs_labs, ['lab']);
      add(entry, ['resources'], lab.resources, ['resource']);
    });
  }
}

function addQuestionReferences(
  curriculum: CurriculumContent,
  at: (path: Path, body: (entry: Entry) => void) => void,
  add: Add,
): void {
  for (const [index, file] of (curriculum.questions ?? []).entries()) {
    for (const [place, question] of file.entries()) {
      at(['questions', index, place], (entry) => {
        add(entry, ['concepts'], question.concepts, ['concept']);
        add(entry, ['source'], question.source, ['resource']);
      });
    }
  }
}
