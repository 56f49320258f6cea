/** The types of program; in a file of its own so that the command line can name them without loading the validator. */
export const programTypes = ['course', 'fellowship', 'camp', 'residency', 'hackathon', 'grant', 'mentoring'] as const;
