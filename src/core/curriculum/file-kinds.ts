/** The kinds of file in a curriculum folder; they name the published JSON Schemas, `schema/<kind>.schema.json`. */
export const fileKinds = [
  'curriculum',
  'phase',
  'concepts',
  'resources',
  'programs',
  'briefs',
  'questions',
  'lab',
  'mutants',
] as const;

export type FileKind = (typeof fileKinds)[number];
