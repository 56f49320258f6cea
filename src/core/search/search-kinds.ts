/** The kinds that can be found, in the order in which equals are listed; apart, so that the command line can name them. */
export const searchKinds = [
  'task',
  'lab',
  'module',
  'concept',
  'resource',
  'program',
  'brief',
  'criterion',
  'note',
] as const;
export type SearchKind = (typeof searchKinds)[number];
