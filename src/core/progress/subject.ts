/**
 * Subjects name what an event is about. Progress is folded per subject, so everything that must be known together
 * (a task, its steps and its time) shares one subject. Item ids are qualified by their curriculum.
 */
export const subject = {
  task: (curriculum: string, task: string) => `task/${curriculum}/${task}`,
  checkpoint: (curriculum: string, checkpoint: string) => `checkpoint/${curriculum}/${checkpoint}`,
  card: (curriculum: string, question: string) => `card/${curriculum}/${question}`,
  lab: (curriculum: string, lab: string) => `lab/${curriculum}/${lab}`,
  sitting: (sitting: string) => `sitting/${sitting}`,
  focus: (curriculum: string) => `focus/${curriculum}`,
  curriculum: (curriculum: string) => `curriculum/${curriculum}`,
  note: (note: string) => `note/${note}`,
  evidence: (evidence: string) => `evidence/${evidence}`,
  setting: (key: string) => `setting/${key}`,
  profile: 'profile',
  /** Undo events are about an action, which no projection folds. */
  action: (action: string) => `action/${action}`,
} as const;

export const subjectKinds = [
  'task',
  'checkpoint',
  'card',
  'lab',
  'sitting',
  'focus',
  'curriculum',
  'note',
  'evidence',
  'setting',
  'profile',
  'action',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

const kindsByName: ReadonlyMap<string, SubjectKind> = new Map(subjectKinds.map((kind) => [kind, kind]));

/** The part before the first slash, when it is a kind that this version knows. */
export function subjectKind(name: string): SubjectKind | undefined {
  const slash = name.indexOf('/');
  return kindsByName.get(slash < 0 ? name : name.slice(0, slash));
}

/** The part after the kind: `aisafe/build-mlp` of `task/aisafe/build-mlp`. */
export function subjectName(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? '' : name.slice(slash + 1);
}
