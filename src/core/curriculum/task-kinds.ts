/** The kinds of task; in a file of its own so that the command line can name them without loading the validator. */
export const taskKinds = ['read', 'watch', 'course', 'practise', 'build', 'write', 'community', 'apply'] as const;
