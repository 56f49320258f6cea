import type { Path } from '../finding.js';
import type { CurriculumContent, Entry, EntryKind, LabEntry, QuestionEntry, TaskEntry } from './rule.js';

interface Lasting {
  readonly id: string;
  readonly aliases?: readonly string[] | undefined;
  readonly retired?: boolean | undefined;
}

/** Everything that has an id of its own, in the order of the files. Steps and criteria live inside their item. */
export function listEntries(curriculum: CurriculumContent): {
  readonly entries: readonly Entry[];
  readonly tasks: readonly TaskEntry[];
  readonly questions: readonly QuestionEntry[];
  readonly labs: readonly LabEntry[];
} {
  const entries: Entry[] = [];
  const tasks: TaskEntry[] = [];
  const questions: QuestionEntry[] = [];
  const labs: LabEntry[] = [];
  const add = <K extends EntryKind>(kind: K, item: Lasting, path: Path, holder?: Entry) => {
    const isRetired = item.retired === true || holder?.isRetired === true;
    const entry = { kind, id: item.id, path, aliases: item.aliases ?? [], isRetired };
    entries.push(entry);
    return entry;
  };
  for (const [index, track] of (curriculum.tracks ?? []).entries()) add('track', track, ['tracks', index]);
  for (const [index, phase] of curriculum.phases.entries()) {
    const path = ['phases', index];
    const ofPhase = add('phase', phase, path);
    for (const [place, module] of phase.modules.entries()) {
      const ofModule = add('module', module, [...path, 'modules', place], ofPhase);
      for (const [number, task] of module.tasks.entries()) {
        const entry = add('task', task, [...ofModule.path, 'tasks', number], ofModule);
        tasks.push({ ...entry, task, phase: index, order: tasks.length });
      }
    }
    if (phase.checkpoint) add('checkpoint', phase.checkpoint, [...path, 'checkpoint'], ofPhase);
  }
  for (const [index, each] of curriculum.concepts.entries()) add('concept', each, ['concepts', index]);
  for (const [index, each] of curriculum.resources.entries()) add('resource', each, ['resources', index]);
  for (const [index, each] of curriculum.programs.entries()) add('program', each, ['programs', index]);
  for (const [index, each] of curriculum.briefs.entries()) add('brief', each, ['briefs', index]);
  for (const [index, lab] of curriculum.labs.entries()) {
    labs.push({ ...add('lab', lab, ['labs', index]), lab, package: curriculum.packages?.[index] });
  }
  for (const [index, file] of (curriculum.questions ?? []).entries()) {
    for (const [place, question] of file.entries()) {
      questions.push({ ...add('question', question, ['questions', index, place]), question });
    }
  }
  return { entries, tasks, questions, labs };
}
