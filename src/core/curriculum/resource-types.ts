/** The types of resource; in a file of its own so that the command line can name them without loading the validator. */
export const resourceTypes = [
  'article',
  'paper',
  'book',
  'course',
  'video',
  'tutorial',
  'code',
  'tool',
  'forum',
  'program',
] as const;
